import type { Serving } from '../lib/domain/deployment.ts'
import { buildFacts } from './build.ts'
import { toKeep } from './keep.ts'
import type { Platform } from './platform.ts'
import { answer, type Reply, refusal } from './reply.ts'
import type { ShiftBody } from './requests.ts'
import { type App, findBuild, type TargetName } from './state.ts'

export function serving(app: App, environment: TargetName): Serving | null {
  const target = app.targets[environment]
  const build = app.builds.find((b) => b.id === target?.serving)
  if (!target || !build) return null
  return {
    environment,
    deployment: build.id,
    revision: target.history.length,
    sha: build.sha,
    url: `http://127.0.0.1:${target.port}`,
  }
}

/** Why traffic cannot move to a deployment now; null when it can. What already serves is answered before this is asked. */
function objection(app: App, environment: TargetName, body: ShiftBody, what: 'promoted' | 'rolled-back'): Reply | null {
  const build = app.builds.find((b) => b.id === body.deployment)
  if (!build) return refusal(404, 'unknown-deployment', `${app.name} has no deployment ${body.deployment}`)
  if (build.environment !== environment) {
    return refusal(422, 'wrong-environment', `${build.id} was built for ${build.environment}`)
  }
  const now = serving(app, environment)
  if (
    (now?.deployment ?? null) !== body.expected ||
    (body.revision !== null && body.revision !== (now?.revision ?? 0))
  ) {
    return refusal(409, 'moved', `${environment} serves ${now?.deployment ?? 'nothing'}`, { serving: now })
  }
  if (what === 'rolled-back' && !app.targets[environment]?.history.includes(build.id)) {
    return refusal(409, 'never-served', `${build.id} has never served ${environment}`)
  }
  if (build.state !== 'ready') return refusal(409, 'not-ready', `${build.id} is ${build.state}`)
  return null
}

/**
 * Moves a target's traffic to a deployment, if the target still serves what the caller expects.
 * A stopped deployment is started first; the check is made again after that, and nothing runs between it and the commit.
 */
export async function shift(
  platform: Platform,
  name: string,
  environment: TargetName,
  body: ShiftBody,
  what: 'promoted' | 'rolled-back',
): Promise<Reply> {
  const { store, instances } = platform
  for (let started = false; ; started = true) {
    const app = store.state().apps[name]
    if (!app?.targets[environment]) return refusal(404, 'unknown-target', `there is no ${environment} of ${name}`)
    const now = serving(app, environment)
    // Rolling back to what serves already is asked for on purpose: it makes a promotion that is still under way stale.
    const onPurpose = what === 'rolled-back' && body.expected === body.deployment
    if (now?.deployment === body.deployment && !onPurpose) return answer(200, now)
    const no = objection(app, environment, body, what)
    if (no) {
      if (started) trim(platform, name)
      return no
    }
    if (instances.phase(body.deployment) === 'up') {
      move(platform, app, environment, body, what)
      return answer(200, serving(store.state().apps[name] ?? app, environment))
    }
    if (started) return refusal(409, 'not-ready', `${body.deployment} crashed again`)
    const why = await instances.start(body.deployment, 'promotion')
    if (why !== null) return refusal(409, 'not-ready', `${body.deployment} does not start: ${why.split('\n')[0]}`)
  }
}

function move(
  platform: Platform,
  app: App,
  environment: TargetName,
  body: ShiftBody,
  what: 'promoted' | 'rolled-back',
): void {
  const found = findBuild(platform.store.state(), body.deployment)
  if (!found) return
  platform.store.commit({ what, ...buildFacts(app, found.build), previous: body.expected }, (state) => {
    const target = state.apps[app.name]?.targets[environment]
    target?.history.push(body.deployment)
    if (target) target.serving = body.deployment
  })
  trim(platform, app.name)
}

/** Stops the builds of an app that need not be up any more; each after the requests it is answering. */
export function trim(platform: Pick<Platform, 'store' | 'instances'>, name: string): void {
  const app = platform.store.state().apps[name]
  if (!app) return
  const keep = toKeep(app)
  for (const build of app.builds) {
    if (build.state === 'ready' && !keep.has(build.id)) void platform.instances.stop(build.id)
  }
}
