import { readFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { filesIn, inWorkspace } from '../spots.ts'

/** Where targets and modules of the repository's packages lie. */
export interface Crates {
  /** The file a test stands in: the target's root, or the file of its module. */
  fileOf(target: string, crate: string, name: string): string | null
  /** A frame's file: absolute, or relative to a package. */
  place(file: string): string | null
}

export async function readCrates(workspace: string): Promise<Crates> {
  const files = await filesIn(workspace, (name) => name === 'Cargo.toml' || name.endsWith('.rs'))
  const known = new Set(files)
  const packages: { folder: string; crate: string }[] = []
  for (const path of files.filter((one) => posix.basename(one) === 'Cargo.toml')) {
    const text = await readFile(join(workspace, path), 'utf8').catch(() => '')
    const name = /^\s*name\s*=\s*"([\w-]{1,200})"/m.exec(text)?.[1]
    const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path)
    if (name) packages.push({ folder, crate: name.replaceAll('-', '_') })
  }
  const folders = ['', ...packages.map(({ folder }) => folder)]

  /** The file of `price::tests::parses` below `src`: as far down as modules are files of their own. */
  const moduleFile = (root: string, name: string): string => {
    let file = root
    let folder = posix.dirname(root)
    for (const part of name.split('::').slice(0, -1)) {
      const next = [posix.join(folder, `${part}.rs`), posix.join(folder, part, 'mod.rs')].find((one) => known.has(one))
      if (next === undefined) break
      file = next
      folder = posix.join(folder, part)
    }
    return file
  }
  return {
    fileOf: (target, crate, name) => {
      const documented = target === 'doc' ? /^(\S{1,500}\.rs) - /.exec(name)?.[1] : target
      const own = packages.filter((one) => one.crate === crate).map(({ folder }) => folder)
      const root = [...own, ...folders]
        .map((folder) => posix.join(folder, documented ?? ''))
        .find((path) => known.has(path))
      return root === undefined ? null : target === 'doc' ? root : moduleFile(root, name)
    },
    place: (file) => {
      const named = file.startsWith('/')
        ? [inWorkspace(file, workspace)]
        : folders.map((folder) => inWorkspace(file, workspace, folder))
      return named.find((path) => path !== null && known.has(path)) ?? null
    },
  }
}
