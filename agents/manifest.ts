import { Manifest } from '../lib/domain/manifest.ts'
import type { Sha } from '../lib/domain/tree.ts'
import { Fault } from '../lib/errors.ts'
import type { CodeReader } from '../lib/world.ts'

/** Commits do not change: of each project the last ones are kept, since every event of a fault asks for the same one. */
const known = new Map<string, Manifest | null>()
const KEEP = 32

export async function knownManifest(code: Pick<CodeReader, 'files' | 'blob'>, project: number, sha: Sha) {
  const key = `${project} ${sha}`
  const kept = known.get(key)
  if (kept !== undefined) return kept
  const manifest = await manifestAt(code, sha)
  if (known.size >= KEEP) known.delete(known.keys().next().value!)
  known.set(key, manifest)
  return manifest
}

/**
 * Routes the team calls critical, at a commit anybody may name in an event: one nobody knows, a manifest that cannot be read
 * or a code host that does not answer keeps no issue from being opened. Then what was read last of this project counts.
 */
export async function criticalRoutes(
  code: Pick<CodeReader, 'files' | 'blob'>,
  project: number,
  sha: Sha | null,
): Promise<readonly string[]> {
  if (!sha) return []
  const manifest = await knownManifest(code, project, sha).catch(() => null)
  const last = () => [...known].findLast(([key, kept]) => kept !== null && key.startsWith(`${project} `))?.[1]
  return (manifest ?? last())?.critical ?? []
}

/** `nightshift.json` of one commit; null when the commit has none. Never read from a branch under repair. */
export async function manifestAt(code: Pick<CodeReader, 'files' | 'blob'>, sha: Sha): Promise<Manifest | null> {
  const entry = (await code.files(sha)).find((file) => file.path === 'nightshift.json')
  if (!entry) return null
  try {
    return Manifest.parse(JSON.parse((await code.blob(entry.oid)).toString('utf8')))
  } catch (error) {
    throw new Fault('MANIFEST_INVALID', error instanceof Error ? error.message.slice(0, 300) : '')
  }
}
