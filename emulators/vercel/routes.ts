import { deploymentBody } from './bodies.ts'
import { type Answer, type Call, no, ok } from './call.ts'
import { cancel, create, events, list } from './deployments.ts'
import type { Inside } from './inside.ts'
import { alias, change, environment, progress, setEnvironment, show } from './project.ts'
import { assign, shift } from './shift.ts'
import { deploymentOf, type State } from './state.ts'
import { addDrain, addHook, listDrains, listHooks, verifyCode } from './tell.ts'

type Handler = (inside: Inside, state: State, call: Call, names: string[]) => Answer | Promise<Answer>

/** The project has to be the account's own; ids are decoded. */
const PROJECT = '/projects/([^/]+)'

/** Every endpoint this emulator knows. `state` is what a look sees; whatever changes something uses the current one. */
const ROUTES: [string, RegExp, Handler][] = [
  ['POST', /^\/v13\/deployments$/, (inside, _, call) => create(inside, call)],
  ['GET', /^\/v7\/deployments$/, (inside, state, call) => list(inside, state, call)],
  ['GET', /^\/v13\/deployments\/([^/]+)$/, showDeployment],
  ['GET', /^\/v3\/deployments\/([^/]+)\/events$/, (_, state, __, [id = '']) => events(state, id)],
  ['PATCH', /^\/v12\/deployments\/([^/]+)\/cancel$/, (inside, _, __, [id = '']) => cancel(inside, id)],
  ['POST', /^\/v2\/deployments\/([^/]+)\/aliases$/, (inside, _, { body }, [id = '']) => assign(inside, id, body.alias)],
  ['GET', /^\/v4\/aliases\/([^/]+)$/, (inside, state, _, [name = '']) => alias(inside, state, name)],
  ['GET', ofProject(9, ''), owned((inside, state, call) => show(inside, state, call))],
  ['PATCH', ofProject(9, ''), owned((inside, _, call) => change(inside, call))],
  ['POST', ofProject(10, '/promote/([^/]+)'), owned((inside, _, __, [, id = '']) => shift(inside, id, 'promote'))],
  ['POST', ofProject(1, '/rollback/([^/]+)'), owned((inside, _, __, [, id = '']) => shift(inside, id, 'rollback'))],
  ['GET', ofProject(1, '/promote/aliases'), owned((inside, state) => progress(inside, state))],
  ['GET', ofProject(10, '/env'), owned((_, state) => environment(state))],
  ['POST', ofProject(10, '/env'), owned((inside, _, call) => setEnvironment(inside, call))],
  ['GET', /^\/v1\/webhooks$/, (_, state) => listHooks(state)],
  ['POST', /^\/v1\/webhooks$/, (inside, _, call) => addHook(inside, call)],
  ['GET', /^\/v1\/drains$/, (_, state) => listDrains(state)],
  ['POST', /^\/v1\/drains$/, (inside, _, call) => addDrain(inside, call)],
  ['GET', /^\/v1\/verify-endpoint$/, ({ settings }) => verifyCode(settings)],
]

function ofProject(version: number, rest: string): RegExp {
  return new RegExp(`^/v${version}${PROJECT}${rest}$`)
}

function owned(handler: Handler): Handler {
  return (inside, state, call, names) => {
    const { projectId, name } = inside.settings
    return names[0] === projectId || names[0] === name ? handler(inside, state, call, names) : no(404, 'not_found')
  }
}

function showDeployment({ settings }: Inside, state: State, _: Call, [id = '']: string[]): Answer {
  const found = deploymentOf(state, id)
  return found ? ok(deploymentBody(settings, state, found)) : no(404, 'not_found')
}

export async function answerCall(inside: Inside, state: State, call: Call): Promise<Answer> {
  for (const [method, path, handler] of ROUTES) {
    const match = method === call.method ? path.exec(call.path) : null
    if (match) return handler(inside, state, call, match.slice(1).map(decodeURIComponent))
  }
  return no(404, 'not_found')
}
