import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { membersOf } from '../../runtimes/javascriptWorkspaces.ts'
import { type PackageJson, packageJson } from '../../runtimes/packageJson.ts'
import type { Tree } from '../../runtimes/tree.ts'

export interface Member {
  /** Below the root; empty for the root itself. */
  at: string
  pkg: PackageJson
}

const DEPTH = 6

/** Paths of package.json below a folder; what is installed there is none of its own. */
function* manifests(root: string, at = '', depth = 0): Generator<string> {
  for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
    const path = join(at, entry.name)
    if (entry.name === 'package.json') yield path
    else if (entry.isDirectory() && depth < DEPTH && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
      yield* manifests(root, path, depth + 1)
  }
}

function treeAt(root: string): Tree {
  const has = (path: string) => existsSync(join(root, path))
  const text = (path: string) => (has(path) ? readFileSync(join(root, path), 'utf8') : '')
  return { has, text, holds: has, paths: [...manifests(root)] }
}

/** The folder that names members and lies nearest above; the folder itself where there is none. */
export function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const has = (path: string) => existsSync(join(at, path))
    const text = (path: string) => (has(path) ? readFileSync(join(at, path), 'utf8') : '')
    const pkg = packageJson({ has, text, holds: has, paths: [] }, '')
    if (has('pnpm-workspace.yaml') || (pkg?.workspaces.length ?? 0) > 0) return at
    if (dirname(at) === at) return folder
  }
}

/** The package a folder belongs to; an empty one where there is none. */
export function packageAt(folder: string): { folder: string; pkg: PackageJson | null } {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'package.json'))) return { folder: at, pkg: packageJson(treeOfOne(at), '') }
    if (dirname(at) === at) return { folder, pkg: null }
  }
}

const treeOfOne = (folder: string): Tree => ({
  has: (path) => existsSync(join(folder, path)),
  text: (path) => readFileSync(join(folder, path), 'utf8'),
  holds: () => false,
  paths: [],
})

/** Members of the workspace that filters choose, each after what it depends on; the root only where one names it. */
export function membersAt(root: string, cwd: string, filters: string[]): Member[] {
  const tree = treeAt(root)
  const own = packageJson(tree, '')
  const all = ['', ...(own ? membersOf(tree, '', own) : [])].flatMap((at) => {
    const pkg = packageJson(tree, at)
    return pkg ? [{ at, pkg }] : []
  })
  const wanted = filters.filter((filter) => !filter.startsWith('!'))
  const fits = (member: Member, filter: string) => matches(member, filter, relative(root, cwd))
  const chosen = all.filter((member) =>
    wanted.length > 0 ? wanted.some((filter) => fits(member, filter)) : member.at !== '',
  )
  const left = chosen.filter((member) => !filters.some((one) => one.startsWith('!') && fits(member, one.slice(1))))
  return ordered(left)
}

/** By name or, from `./`, by folder as seen from where the command stands. What `...` adds to a filter is not followed. */
function matches({ at, pkg }: Member, filter: string, from: string): boolean {
  const plain = filter.replace(/^\.\.\.\^?|\^?\.\.\.$/g, '').replace(/^\{(.*)\}$/, './$1')
  if (/^\.{1,2}(?:\/|$)/.test(plain)) return pattern(join(from, plain).replace(/\/$/, '').replace(/^\.$/, '')).test(at)
  return pattern(plain).test(pkg.name) || (!plain.includes('/') && pattern(plain).test(pkg.name.replace(/^@.*?\//, '')))
}

/** `**` is anything, `*` anything within a name. */
const pattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split(/(\/?\*\*|\*)/)
      .map((part) => (part.endsWith('**') ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
      .join('')}$`,
  )

function ordered(members: Member[]): Member[] {
  const byName = new Map(members.map((member) => [member.pkg.name, member]))
  const done = new Set<Member>()
  const add = (member: Member, above: Member[]): void => {
    if (done.has(member) || above.includes(member)) return
    for (const name of Object.keys(member.pkg.dependencies)) {
      const needed = byName.get(name)
      if (needed) add(needed, [...above, member])
    }
    done.add(member)
  }
  for (const member of members) add(member, [])
  return [...done]
}
