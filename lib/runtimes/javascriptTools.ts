import type { PackageJson } from './packageJson.ts'
import { below, join, type Tree } from './tree.ts'

const any = (tree: Tree, folder: string, pattern: RegExp): boolean => {
  const start = folder === '' ? 0 : folder.length + 1
  return below(tree, folder).some((path) => pattern.test(path.slice(start)))
}

/** By the lockfile, then by what `packageManager` says; null where nothing is to be installed. */
export function installCommand(tree: Tree, folder: string, pkg: PackageJson): string | null {
  const has = (name: string) => tree.has(join(folder, name))
  if (has('package-lock.json') || has('npm-shrinkwrap.json')) return 'npm ci'
  if (has('pnpm-lock.yaml')) return 'pnpm install --frozen-lockfile'
  // Since version 2, Yarn calls the same promise by another name.
  if (has('yarn.lock')) return has('.yarnrc.yml') ? 'yarn install --immutable' : 'yarn install --frozen-lockfile'
  if (has('bun.lock') || has('bun.lockb')) return 'bun install --frozen-lockfile'
  if (Object.keys(pkg.dependencies).length === 0 && pkg.workspaces.length === 0) return null
  return /^(?:yarn|pnpm)@/.test(pkg.manager) ? `${pkg.manager.split('@')[0]} install` : 'npm install'
}

const firstScript = (pkg: PackageJson, names: string[]): string | null => {
  const found = names.find((name) => Object.hasOwn(pkg.scripts, name))
  return found === undefined ? null : `npm run ${found}`
}

const TYPES = ['typecheck', 'type-check', 'types', 'check-types', 'check:types', 'test:types', 'lint:types', 'tsc']

/** Only with a configuration and the compiler of the project's own. */
export function typeCommand(tree: Tree, folder: string, pkg: PackageJson): string | null {
  const config = join(folder, 'tsconfig.json')
  if (!tree.has(config) || !Object.hasOwn(pkg.dependencies, 'typescript')) return null
  const script = firstScript(pkg, TYPES)
  // A solution names projects and holds no files: plain `tsc` would check nothing.
  const solution = /"references"\s*:/.test(tree.text(config)) && /"files"\s*:\s*\[\s*\]/.test(tree.text(config))
  return script ?? (solution ? 'npx tsc --build' : 'npx tsc --noEmit')
}

export function lintCommand(tree: Tree, folder: string, pkg: PackageJson): string | null {
  const script = firstScript(pkg, ['lint', 'lint:check', 'eslint', 'lint:js', 'check:lint'])
  if (script) return script
  const uses = (name: string) => Object.hasOwn(pkg.dependencies, name)
  if (uses('eslint') && (any(tree, folder, /^(?:\.eslintrc|eslint\.config\.)/) || pkg.has('eslintConfig'))) {
    return 'npx eslint .'
  }
  if (uses('xo')) return 'npx xo'
  if (uses('standard')) return 'npx standard'
  return uses('@biomejs/biome') ? 'npx biome lint .' : null
}

const PRETTIER = /^(?:\.prettierrc(?:\.\w+)?|prettier\.config\.\w+)$/

/** What rewrites given files in place, where the repository says it wants that. */
export function formatCommand(tree: Tree, folder: string, pkg: PackageJson): string | null {
  const uses = (name: string) => Object.hasOwn(pkg.dependencies, name)
  const scripted = (program: RegExp) => Object.values(pkg.scripts).some((line) => program.test(line))
  if (any(tree, folder, /^biome\.jsonc?$/)) return 'npx biome format --write'
  if (any(tree, folder, PRETTIER) || pkg.has('prettier') || (uses('prettier') && scripted(/\bprettier\b/))) {
    return 'npx prettier --write'
  }
  if (uses('xo')) return 'npx xo --fix'
  if (uses('standard')) return 'npx standard --fix'
  return any(tree, folder, /^dprint\.jsonc?$/) ? 'npx dprint fmt' : null
}

/** What the repository says about its engine: package.json first, then the files of version managers. */
export function nodeEngines(tree: Tree, folder: string, pkg: PackageJson): Record<string, string> {
  const file = ['.nvmrc', '.node-version']
    .map((name) => tree.text(join(folder, name)).trim())
    .find((text) => text !== '')
  const tool = /^node(?:js)? +(\S+)/m.exec(tree.text(join(folder, '.tool-versions')))?.[1]
  const node = pkg.engines.node ?? file ?? tool
  return node === undefined ? {} : { node: node.slice(0, 100) }
}
