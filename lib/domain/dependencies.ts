/** Files that say which dependencies a project has: all that an install is shown of a repository. */
const NAMES = [
  ...['package.json', 'package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'pnpm-workspace.yaml'],
  ...['bun.lock', 'bun.lockb', 'pyproject.toml', 'setup.cfg', 'setup.py', 'Pipfile'],
  // Shown without what it says about where from and how; see the sandbox's install.
  '.yarnrc.yml',
  ...['uv.lock', 'poetry.lock', 'pdm.lock', 'Pipfile.lock'],
]
const REQUIREMENTS =
  /(?:^|\/)(?:[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in))$/
/** Programs that keep what they fetch to themselves: a sandbox has no place to show it at, and no way to their registries. */
const OTHERS = /^(?:go|cargo|(?:\.\/)?mvnw?|(?:\.\/)?gradlew?|dotnet|bundle|composer|mix)\b/

/** Whether a sandbox can make a set of dependencies with this command. */
export const isInstallable = (command: string): boolean =>
  !OTHERS.test(command.replace(/^\s*cd\s+(?:'[^']*'|\S+)\s*&&\s*/, '').trim())

/** Of these a project may have one; without any, an install decides on versions itself. */
export const LOCKFILES = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
]

/** Changes to packages that pnpm and Yarn apply while they install. */
const PATCH = /(?:^|\/)patches\/(?:@[^/]+\/)?[^/]+\.patch$/

/** Whether a path names dependencies. Settings such as `.npmrc` do not: they could name another registry, or a shell. */
export function isDependencyManifest(path: string): boolean {
  const parts = path.split('/')
  const name = parts.at(-1) ?? ''
  return !parts.includes('node_modules') && (NAMES.includes(name) || REQUIREMENTS.test(path) || PATCH.test(path))
}
