import { Manifest } from '../lib/domain/manifest.ts'
import type { Sha } from '../lib/domain/tree.ts'
import { Fault } from '../lib/errors.ts'
import type { CodeReader } from '../lib/world.ts'

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
