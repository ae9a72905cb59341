import type { App, Target } from './state.ts'

/** Builds that never took traffic and stay up for smoke tests, per target; older ones are stopped. */
export const PREVIEWS = 3

/** Ids in the order they last served, newest first, each once. */
function served(target: Target): string[] {
  return [...new Set([...target.history].reverse())]
}

/**
 * Which builds of an app have to be up: what serves each target, what served it before (so that a rollback is
 * instant, until two newer ones were promoted), and the newest builds that wait for traffic.
 */
export function toKeep(app: App): Set<string> {
  const keep = new Set<string>()
  for (const [environment, target] of Object.entries(app.targets)) {
    for (const id of served(target).slice(0, 2)) keep.add(id)
    const waiting = app.builds.filter(
      (build) => build.environment === environment && build.state === 'ready' && !target.history.includes(build.id),
    )
    for (const build of waiting.slice(-PREVIEWS)) keep.add(build.id)
  }
  return keep
}
