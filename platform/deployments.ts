import { randomBytes } from 'node:crypto'
import { buildFacts } from './build.ts'
import type { Platform } from './platform.ts'
import { answer, type Reply, refusal } from './reply.ts'
import type { DeploymentBody } from './requests.ts'
import { type App, type Build, toDeployment } from './state.ts'

/**
 * Each build has a host user of its own out of this range; Linux gives out ids below 60000 to people and services.
 * Two builds may share one: they are kept apart by their boxes, the user only keeps them apart from everything else.
 */
const FIRST_UID = 61_000
const UIDS = 4_000

/** Starts a build, or answers the one this key already started. */
export function create(platform: Platform, app: App, body: DeploymentBody): Reply {
  const { sha, environment, key } = body
  if (!app.targets[environment]) return refusal(404, 'unknown-target', `${app.name} has no target ${environment}`)
  const same = app.builds.find((build) => build.key === key)
  if (same) {
    if (same.sha === sha && same.environment === environment) return answer(200, show(platform, same))
    return refusal(409, 'key-used', `the key ${key} already stands for ${same.sha} on ${same.environment}`)
  }
  const id = `dpl-${randomBytes(8).toString('hex')}`
  const build: Build = {
    id,
    key,
    sha,
    environment,
    state: 'building',
    at: new Date().toISOString(),
    why: null,
    uid: process.getuid?.() === 0 ? FIRST_UID + (Number.parseInt(id.slice(-6), 16) % UIDS) : null,
    port: null,
    start: null,
    health: null,
    dependencies: null,
  }
  platform.store.commit({ what: 'deployment.created', ...buildFacts(app, build), key }, (state) => {
    state.apps[app.name]?.builds.push(build)
  })
  platform.enqueue(id)
  return answer(202, show(platform, build))
}

export function show(platform: Platform, build: Build) {
  return toDeployment(build, platform.instances.phase(build.id) !== 'stopped')
}

/** Newest first. */
export function list(platform: Platform, app: App, query: { key?: string; environment?: string }): Reply {
  const found = app.builds.filter(
    (build) =>
      (query.key === undefined || build.key === query.key) &&
      (query.environment === undefined || build.environment === query.environment),
  )
  return answer(
    200,
    found.reverse().map((build) => show(platform, build)),
  )
}
