import type { LocalRepository } from '../../lib/adapters/index.ts'
import { fixturePathOf } from '../../lib/domain/fix.ts'
import { Manifest } from '../../lib/domain/manifest.ts'
import type { Entry, Sha } from '../../lib/domain/tree.ts'
import { Fault } from '../../lib/errors.ts'
import { changesOf } from '../../lib/policy/changes.ts'
import { type TreeGateAnswer, treeGate } from '../../lib/policy/treeGate.ts'

export type Verdict = TreeGateAnswer & { base: Sha; head: Sha }

/** The tree gate on two commits of a repository. */
export async function judge(
  repository: LocalRepository,
  asked: { base: string; head: string; protect: string[]; fix: string | null },
): Promise<Verdict> {
  const [baseSha, headSha] = [await repository.commit(asked.base), await repository.commit(asked.head)]
  const [base, head] = [await repository.files(baseSha), await repository.files(headSha)]
  const manifest = await manifestIn(repository, base)
  const changed = changesOf(base, head).flatMap((change) => [change.base, change.head])
  const blobs = await repository.blobs(changed.filter((entry) => entry !== null && entry.mode !== '160000') as Entry[])
  const fixtureAllowed = fixtureIn(base, head, manifest?.replay.fixtures ?? 'tests/nightshift', asked.fix)
  const answer = treeGate(base, head, { blobs, manifest, protect: asked.protect, fixtureAllowed })
  return { ...answer, base: baseSha, head: headSha }
}

/** Without a name, a lone new file called like a fix's fixture is taken for it; of several, none may come. */
export function fixtureIn(base: Entry[], head: Entry[], folder: string, fix: string | null): string {
  if (fix !== null) return fixturePathOf(folder, fix)
  const known = new Set(base.map(({ path }) => path))
  const added = head.map(({ path }) => path).filter((path) => !known.has(path) && path.startsWith(`${folder}/`))
  const [only, ...others] = added.filter((path) => /^[0-9a-f]{12}\.json$/.test(path.slice(folder.length + 1)))
  // The name of a folder is no file's, so nothing is allowed; it still says which folder holds the fixtures.
  return only !== undefined && others.length === 0 ? only : `${folder}/`
}

async function manifestIn(repository: LocalRepository, base: Entry[]): Promise<Manifest | null> {
  const entry = base.find(({ path }) => path === 'nightshift.json')
  if (!entry) return null
  const bytes = (await repository.blobs([entry])).get(entry.oid)
  if (!bytes || !entry.mode.startsWith('100')) throw new Fault('MANIFEST_INVALID', 'It is no file that can be read.')
  const read = Manifest.safeParse(jsonOf(bytes))
  if (read.success) return read.data
  const issues = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`)
  throw new Fault('MANIFEST_INVALID', `${issues.join('; ').slice(0, 300)}.`)
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Fault('MANIFEST_INVALID', 'It is not JSON.')
  }
}
