import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { Platform } from './platform.ts'
import { answer, type Reply, refusal } from './reply.ts'
import type { RegisterBody } from './requests.ts'
import { type App, TARGETS } from './state.ts'

/**
 * Registers an app or changes it; saying the same again changes and logs nothing.
 * Targets that are not named stay. A changed environment reaches the app at its next deployment or restart.
 */
export async function register(platform: Platform, name: string, body: RegisterBody): Promise<Reply> {
  const { store } = platform
  if (!existsSync(join(body.repository, 'objects'))) {
    return refusal(422, 'no-repository', `there is no bare repository at ${body.repository}`)
  }
  const ports: Record<string, number> = {}
  for (const environment of TARGETS) {
    const wanted = body.targets[environment]
    if (!wanted) continue
    try {
      ports[environment] = await platform.listen(name, environment, wanted.port)
    } catch {
      return refusal(409, 'port-taken', `port ${wanted.port} for ${environment} cannot be listened on`)
    }
  }
  const before = store.state().apps[name]
  const after: App = before ? structuredClone(before) : { name, repository: body.repository, targets: {}, builds: [] }
  after.repository = body.repository
  for (const environment of TARGETS) {
    const wanted = body.targets[environment]
    if (!wanted) continue
    const { serving, history } = after.targets[environment] ?? { serving: null, history: [] }
    after.targets[environment] = { port: ports[environment] ?? wanted.port, env: wanted.env, serving, history }
  }
  if (!isDeepStrictEqual(before, after)) {
    const { repository, targets } = describe(after)
    store.commit({ what: 'registered', app: name, repository, targets }, (state) => {
      state.apps[name] = after
    })
  }
  return answer(200, describe(after))
}

/** An app as the API shows it: names of environment variables, never their values. */
export function describe(app: App): { app: string; repository: string; targets: Record<string, unknown> } {
  const targets: Record<string, unknown> = {}
  for (const [environment, { port, env, serving }] of Object.entries(app.targets)) {
    targets[environment] = { port, url: `http://127.0.0.1:${port}`, env: Object.keys(env), serving }
  }
  return { app: app.name, repository: app.repository, targets }
}
