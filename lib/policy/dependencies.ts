import type { Hit } from './hit.ts'
import type { FoldedPath } from './paths.ts'

const MANIFESTS =
  /^(package\.json|deno\.jsonc?|import_map\.json|pyproject\.toml|pipfile|requirements.*\.txt|setup\.(py|cfg)|cargo\.toml|go\.(mod|work)|gemfile|.+\.gemspec|composer\.json|pom\.xml|(build|settings)\.gradle(\.kts)?)$/
const LOCKS =
  /^(package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.ya?ml|bun\.lockb?|deno\.lock|poetry\.lock|uv\.lock|pdm\.lock|pipfile\.lock|cargo\.lock|go\.(work\.)?sum|gemfile\.lock|composer\.lock|gradle\.lockfile)$/

/** What may change with a person's approval: dependencies, which are somebody else's code. */
export function dependencyHits({ name }: FoldedPath): Hit[] {
  if (MANIFESTS.test(name))
    return [{ rule: 'dependencies', why: 'Declares dependencies and scripts.', answer: 'needs-approval' }]
  if (LOCKS.test(name)) return [{ rule: 'lockfile', why: 'Pins dependencies.', answer: 'needs-approval' }]
  return []
}
