import { chmod, lchown, mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readBlobs, type TreeFile } from './tree.ts'

/**
 * Writes a plain copy of a commit's files into a fresh folder of its own, mode 0700, owned by `uid` (null: by us).
 * No git folder, hooks or filters are involved. Links are made last and never followed: nothing is written through them.
 */
export async function checkOut(
  repository: string,
  files: TreeFile[],
  folder: string,
  uid: number | null,
): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { mode: 0o700 })
  const made = [folder]
  const blobs = await readBlobs(
    repository,
    files.map((file) => file.oid),
  )
  const known = new Set(['.'])
  const links: [string, string][] = []
  for (const [index, file] of files.entries()) {
    await makeFolders(folder, dirname(file.path), known, made)
    const bytes = blobs[index] ?? Buffer.alloc(0)
    const path = join(folder, file.path)
    if (file.mode === '120000') {
      links.push([path, bytes.toString('utf8')])
      continue
    }
    await writeFile(path, bytes, { flag: 'wx', mode: 0o644 })
    if (file.mode === '100755') await chmod(path, 0o755)
    made.push(path)
  }
  for (const [path, target] of links) {
    await symlink(target, path)
    made.push(path)
  }
  if (uid !== null) for (const path of made) await lchown(path, uid, uid)
}

async function makeFolders(folder: string, path: string, known: Set<string>, made: string[]): Promise<void> {
  if (known.has(path)) return
  await makeFolders(folder, dirname(path), known, made)
  await mkdir(join(folder, path), { mode: 0o755 })
  known.add(path)
  made.push(join(folder, path))
}
