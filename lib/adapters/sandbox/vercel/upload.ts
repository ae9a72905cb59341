import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { SandboxFile } from '../../../domain/sandbox.ts'
import { Fault } from '../../../errors.ts'
import { segments } from '../files.ts'
import { again, type Machine, within } from './machine.ts'

/** Bytes of files in one request; the service limits bodies and does not say by how much. */
const BATCH = 8 * 1024 ** 2
const UPLOAD_MS = 120_000

/** Refuses what the other adapters' file systems would: paths that leave, a path twice, a file that is also a folder. */
export function checkTree(files: SandboxFile[]): void {
  const paths = new Set<string>()
  const folders = new Set<string>()
  for (const { path } of files) {
    const parts = segments(path)
    for (let end = 1; end < parts.length; end++) folders.add(parts.slice(0, end).join('/'))
    if (paths.has(path)) throw twice(path)
    paths.add(path)
  }
  for (const path of paths) if (folders.has(path)) throw twice(path)
}

const twice = (path: string) => new Fault('HARNESS_FAILED', `File ${JSON.stringify(path)} is there twice.`)

function batches(files: SandboxFile[]): SandboxFile[][] {
  const all: SandboxFile[][] = []
  let room = 0
  for (const file of files) {
    if (file.bytes.length > room || all.length === 0) {
      all.push([])
      room = BATCH
    }
    all.at(-1)?.push(file)
    room -= file.bytes.length
  }
  return all
}

/** Writes regular files below `folder`, which is relative to the folder of the machine's ordinary user. */
export async function upload({ session }: Machine, folder: string, files: SandboxFile[]): Promise<void> {
  checkTree(files)
  for (const batch of batches(files)) {
    const entries = batch.map(({ path, bytes, executable }) => ({
      ...{ path: `${folder}/${path}`, content: Buffer.from(bytes), mode: executable ? 0o755 : 0o644 },
    }))
    await again(() => session.writeFiles(entries, within(UPLOAD_MS)))
  }
}

/** A folder of ours as files below `at`. Links are left out. */
export async function folderFiles(folder: string, at: string): Promise<SandboxFile[]> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Promise.all(
    entries.map(async (entry) => {
      const path = join(entry.parentPath, entry.name)
      return { path: join(at, relative(folder, path)), bytes: await readFile(path) }
    }),
  )
}
