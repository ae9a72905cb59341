import { join, type Tree } from './tree.ts'

/** What detection reads of a package.json; every part may be missing or malformed in the file. */
export interface PackageJson {
  name: string
  scripts: Record<string, string>
  /** All kinds of dependencies by name. */
  dependencies: Record<string, string>
  engines: Record<string, string>
  workspaces: string[]
  main: string
  type: string
  /** `npm@10.2.0`, as `packageManager` says. */
  manager: string
  has(key: string): boolean
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record(value)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Null when there is none; one that cannot be read is an empty package. */
export function packageJson(tree: Tree, folder: string): PackageJson | null {
  const path = join(folder, 'package.json')
  if (!tree.has(path)) return null
  const value = parsed(tree.text(path))
  const { workspaces } = value
  const globs = Array.isArray(workspaces) ? workspaces : record(workspaces).packages
  return {
    name: text(value.name),
    scripts: texts(value.scripts),
    dependencies: {
      ...texts(value.peerDependencies),
      ...texts(value.optionalDependencies),
      ...texts(value.dependencies),
      ...texts(value.devDependencies),
    },
    engines: texts(value.engines),
    workspaces: Array.isArray(globs) ? globs.filter((glob) => typeof glob === 'string') : [],
    main: text(value.main),
    type: text(value.type),
    manager: text(value.packageManager),
    has: (key) => Object.hasOwn(value, key),
  }
}

function parsed(source: string): Record<string, unknown> {
  try {
    return record(JSON.parse(source.replace(/^\uFEFF/, '')))
  } catch {
    return {}
  }
}
