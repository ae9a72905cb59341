import type { SourceKind } from '../domain/source.ts'
import { hookedProject, isSigned } from '../parse/sentryHook.ts'
import { hurrySource, projectsInSentry } from '../store/sources.ts'
import type { Reader } from '../world.ts'
import { wakeWatcher } from './wake.ts'

/** One webhook of Sentry's, as it came. */
export interface Hook {
  signature: string | null
  /** The sender's own name for this delivery; the same one again is a repetition. */
  requestId: string | null
  /** The body as sent, or null when it was larger than `HOOK_BYTES`. */
  body: Uint8Array | null
}

export type Hinted = { status: 202; woken: number } | { status: 401 | 413; woken: 0 }

/** An `event_alert` carries a whole event, of one megabyte at most, and a little around it. */
export const HOOK_BYTES = 2 * 1024 * 1024

/** Deliveries that are remembered, in this process alone: a repetition costs one look at most. */
const REMEMBERED = 1000
const seen = new Set<string>()

/**
 * A webhook is a hint: somebody who knows the secret says that there is something to be asked for. Of its body the
 * project's slug is read, and nothing is kept; what there is comes by polling.
 */
export async function hint(world: Pick<Reader, 'sql' | 'ring'>, secret: string, hook: Hook): Promise<Hinted> {
  if (!hook.body) return { status: 413, woken: 0 }
  if (!isSigned(secret, hook.body, hook.signature)) return { status: 401, woken: 0 }
  if (isRepeated(hook.requestId)) return { status: 202, woken: 0 }
  const kind: SourceKind = 'sentry'
  const projects = await projectsInSentry(world.sql, hookedProject(hook.body))
  for (const project of projects) {
    await hurrySource(world.sql, project, kind)
    await wakeWatcher(world, project)
  }
  return { status: 202, woken: projects.length }
}

/** After the signature, so that nobody else can fill it; the oldest makes room. */
function isRepeated(id: string | null): boolean {
  if (id === null || id.length > 200) return false
  if (seen.has(id)) return true
  seen.add(id)
  if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!)
  return false
}
