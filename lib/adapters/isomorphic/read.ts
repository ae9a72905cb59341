import * as git from 'isomorphic-git'
import { blobOid } from '../../domain/gitTree.ts'
import type { Commit, Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { has, type Store } from './store.ts'

const MODES: Record<string, string> = { '100644': '100644', '100755': '100755', '120000': '120000', '160000': '160000' }

export async function readCommit(store: Store, sha: Sha): Promise<Commit> {
  if (!(await has(store, sha)))
    throw new Fault('CODE_UNREACHABLE', `Commit ${sha.slice(0, 12)} is not in the repository.`)
  const { commit } = await git.readCommit({ ...store, oid: sha })
  const [first = ''] = commit.message.replace(/^\n+/, '').split(/\n\s*\n/)
  const subject = first.trim().replace(/\s*\n\s*/g, ' ')
  return {
    ...{ sha, tree: commit.tree, parents: commit.parent, author: commit.author.name },
    ...{ at: dated(commit.author), subject: subject.slice(0, 200) },
  }
}

/** As git writes it, in the author's own zone. */
function dated({ timestamp, timezoneOffset }: { timestamp: number; timezoneOffset: number }): string {
  const east = -timezoneOffset
  const local = new Date((timestamp + east * 60) * 1000).toISOString().slice(0, 19)
  const [hours, minutes] = [Math.floor(Math.abs(east) / 60), Math.abs(east) % 60].map((n) => String(n).padStart(2, '0'))
  return `${local}${east < 0 ? '-' : '+'}${hours}:${minutes}`
}

export async function readFiles(store: Store, sha: Sha): Promise<Entry[]> {
  return readTree(store, (await readCommit(store, sha)).tree)
}

/** Every file below a tree. The library reads names as UTF-8; one that is not could stand for another, and is refused. */
export async function readTree(store: Store, tree: Oid): Promise<Entry[]> {
  const entries: Entry[] = []
  const walk = async (oid: Oid, folder: string): Promise<void> => {
    for (const row of (await git.readTree({ ...store, oid })).tree) {
      const path = `${folder}${row.path}`
      if (path.includes('\uFFFD'))
        throw new Fault('CODE_UNREACHABLE', 'A file’s name is not UTF-8, and cannot be judged without the program git.')
      if (row.type === 'tree') await walk(row.oid, `${path}/`)
      else entries.push({ path, mode: MODES[row.mode] ?? row.mode, oid: row.oid, size: await sizeOf(store, row) })
    }
  }
  await walk(tree, '')
  return entries
}

const sizes = new Map<Oid, number>()
const KEEP = 200_000

async function sizeOf(store: Store, { type, oid }: { type: string; oid: Oid }): Promise<number> {
  if (type !== 'blob') return 0
  const known = sizes.get(oid)
  if (known !== undefined) return known
  const { blob } = await git.readBlob({ ...store, oid })
  if (sizes.size >= KEEP) sizes.clear()
  sizes.set(oid, blob.length)
  return blob.length
}

export async function readBlob(store: Store, oid: Oid): Promise<Buffer> {
  const found = await git.readBlob({ ...store, oid }).catch(() => null)
  const bytes = found && Buffer.from(found.blob)
  if (!bytes || blobOid(bytes) !== oid) throw new Fault('CODE_UNREACHABLE', `There is no blob ${oid.slice(0, 12)}.`)
  return bytes
}

export async function readBlobs(store: Store, entries: Pick<Entry, 'oid'>[]): Promise<Buffer[]> {
  const found: Buffer[] = []
  for (const { oid } of entries) found.push(await readBlob(store, oid))
  return found
}

export async function isAncestor(store: Store, ancestor: Sha, descendant: Sha): Promise<boolean> {
  if (!(await has(store, ancestor)) || !(await has(store, descendant))) return false
  return ancestor === descendant || git.isDescendent({ ...store, oid: descendant, ancestor, depth: -1 })
}
