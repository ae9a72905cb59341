import type { ListedFile } from '../domain/runtime.ts'

/** A listing with its texts, asked by path. */
export interface Tree {
  has(path: string): boolean
  /** Empty when the file is not there or came without text. */
  text(path: string): string
  /** Whether the repository holds anything below a folder, build output included. */
  holds(folder: string): boolean
  /** In the order of the listing, without what the repository did not write itself. */
  paths: string[]
}

const TEXT_MAX = 512 * 1024
/** Dependencies, and files that are only the material of tests. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|\.git|\.venv|venv|site-packages|\.next|__fixtures__|fixtures?|testdata)\//
/** Build output; but a package may be called that too, and then lies where packages do. */
const BUILT = /(?<!(?:^|\/)(?:packages|apps|libs|modules|plugins)\/)(?<=^|\/)(?:dist|target|build)\//

export function treeOf(files: ListedFile[]): Tree {
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const paths = files.map(({ path }) => path).filter((path) => !FOREIGN.test(path) && !BUILT.test(path))
  const holds = (folder: string) => files.some(({ path }) => path.startsWith(`${folder}/`))
  return { has: (path) => texts.has(path), holds, text: (path) => (texts.get(path) ?? '').slice(0, TEXT_MAX), paths }
}

/** `join('', 'a')` is `a`; `join('web', 'a')` is `web/a`. */
export const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

export const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Files below a folder; everything at the root. */
export const below = (tree: Tree, folder: string): string[] =>
  folder === '' ? tree.paths : tree.paths.filter((path) => path.startsWith(`${folder}/`))

/**
 * Folders with one of these files that lie below no other such folder: the roots of projects. Those below are members,
 * examples or tools of the ones above.
 */
export function projectFolders(tree: Tree, isManifest: (name: string) => boolean): string[] {
  const folders = [...new Set(tree.paths.filter((path) => isManifest(baseOf(path))).map(folderOf))]
  const chosen: string[] = []
  for (const folder of folders.sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1))) {
    if (!chosen.some((above) => above === '' || folder.startsWith(`${above}/`))) chosen.push(folder)
  }
  return chosen.slice(0, 20)
}

/** A command as it is written at the root. */
export const within = (folder: string, command: string | null): string | null =>
  command === null || folder === '' ? command : `cd ${quoted(folder)} && ${command}`

const quoted = (word: string): string => (/^[\w@./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)
