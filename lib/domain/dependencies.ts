/** Files that say which dependencies a project has: all that an install is shown of a repository. */
const NAMES = [
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  ...['bun.lock', 'bun.lockb', 'pyproject.toml', 'constraints.txt'],
]
const REQUIREMENTS = /^requirements[\w.-]*\.(?:txt|in)$/
/** Of these a project may have one; without any, an install decides on versions itself. */
export const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
]

/** Whether a path names dependencies. Settings such as `.npmrc` do not: they could name another registry, or a shell. */
export function isDependencyManifest(path: string): boolean {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  return !parts.includes('node_modules') && (NAMES.includes(name) || REQUIREMENTS.test(name))
}
