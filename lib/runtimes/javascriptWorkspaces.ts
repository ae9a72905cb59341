import type { PackageJson } from './packageJson.ts'
import { baseOf, folderOf, join, type Tree } from './tree.ts'

const MEMBERS_MAX = 200
const DEPTH_MAX = 6

/** Folders of the packages that a workspace names, by npm, Yarn, pnpm or Lerna. */
export function membersOf(tree: Tree, folder: string, pkg: PackageJson): string[] {
  const globs = [...pkg.workspaces, ...pnpm(tree.text(join(folder, 'pnpm-workspace.yaml')))]
  if (globs.length === 0 && tree.has(join(folder, 'lerna.json'))) globs.push('packages/*')
  if (globs.length === 0) return []
  const start = folder === '' ? 0 : folder.length + 1
  return tree.paths
    .filter((path) => baseOf(path) === 'package.json' && folderOf(path) !== folder)
    .map(folderOf)
    .filter((member) => chosen(member.slice(start), globs))
    .slice(0, MEMBERS_MAX)
}

function chosen(member: string, globs: string[]): boolean {
  let taken = false
  for (const glob of globs) {
    if (glob.startsWith('!')) taken &&= !matches(member.split('/'), segments(glob.slice(1)))
    else taken ||= matches(member.split('/'), segments(glob))
  }
  return taken
}

const segments = (glob: string): string[] => glob.replace(/^\.\//, '').replace(/\/$/, '').split('/').slice(0, DEPTH_MAX)

/** `*` is one folder, `**` any number of them; a glob has few segments, so this ends soon. */
function matches(path: string[], glob: string[]): boolean {
  const [first, ...rest] = glob
  if (first === undefined) return path.length === 0
  if (first === '**') return path.some((_, at) => matches(path.slice(at), rest)) || matches([], rest)
  const [head, ...tail] = path
  if (head === undefined) return false
  const [before = '', after] = first.split('*', 2)
  const fits = after === undefined ? head === first : head.startsWith(before) && head.endsWith(after)
  return fits && matches(tail, rest)
}

/** The list below `packages:`, without a YAML reader. */
function pnpm(text: string): string[] {
  const globs: string[] = []
  let inside = false
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) inside = line.startsWith('packages:')
    const glob = /^\s*-\s+['"]?([^'"#\s]{1,200})/.exec(line.slice(0, 400))?.[1]
    if (inside && glob !== undefined) globs.push(glob)
  }
  return globs
}
