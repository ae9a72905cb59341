import type { Manifest } from '../../lib/domain/manifest.ts'
import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { Entry, Oid, Sha } from '../../lib/domain/tree.ts'
import { Fault } from '../../lib/errors.ts'
import type { CodeReader } from '../../lib/world.ts'
import { manifestAt } from '../manifest.ts'

/** A base commit in memory: its listing, its plain files, and how it is run. */
export interface Checkout {
  sha: Sha
  tree: Oid
  entries: Entry[]
  files: SandboxFile[]
  manifest: Manifest
}

/** A: the base with the new fixture. B: A with the patch, and the tree git makes of it. */
export interface Trees {
  A: SandboxFile[]
  B: SandboxFile[]
  tree: Oid
}

/** Larger files are left out of the sandbox: assets, not code. */
const MAX_FILE = 5 * 1024 * 1024

/** Regular files only: links and submodules do not enter the sandbox. */
export async function checkout(code: CodeReader, sha: Sha): Promise<Checkout> {
  const manifest = await manifestAt(code, sha)
  if (!manifest) throw new Fault('MANIFEST_INVALID', 'The commit in production has none.')
  const { tree } = await code.commit(sha)
  const entries = await code.files(sha)
  const plain = entries.filter((entry) => entry.mode.startsWith('100') && entry.size <= MAX_FILE)
  const bytes = await code.blobs(plain)
  const files = plain.map(
    ({ path, mode }, i): SandboxFile => ({ path, bytes: bytes[i]!, executable: mode === '100755' }),
  )
  return { sha, tree, entries, files, manifest }
}

/** The same files with some replaced or added. */
export function withEdits(files: SandboxFile[], edits: { path: string; text: string }[]): SandboxFile[] {
  const changed = new Map(edits.map((edit) => [edit.path, Buffer.from(edit.text, 'utf8')]))
  const kept = files.map((file) => {
    const bytes = changed.get(file.path)
    changed.delete(file.path)
    return bytes ? { ...file, bytes } : file
  })
  return [...kept, ...[...changed].map(([path, bytes]) => ({ path, bytes }))]
}
