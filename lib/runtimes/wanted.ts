import { baseOf } from './tree.ts'

const NAMES = new Set([
  ...[
    'package.json',
    '.nvmrc',
    '.node-version',
    '.tool-versions',
    'pnpm-workspace.yaml',
    'lerna.json',
    'tsconfig.json',
  ],
  ...['pyproject.toml', 'setup.py', 'setup.cfg', 'tox.ini', 'pytest.ini', 'noxfile.py', 'Pipfile', '.python-version'],
  ...['go.mod', 'go.work', 'pom.xml', 'build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'],
  ...['Cargo.toml', 'rust-toolchain', 'rust-toolchain.toml', 'Makefile', 'makefile', 'GNUmakefile'],
  ...['.gitlab-ci.yml', '.travis.yml', '.pre-commit-config.yaml', '.env.example', 'nightshift.json'],
])
const PATTERNS = [/^requirements[\w.-]*\.txt$/, /^(?:docker-)?compose[\w.-]*\.ya?ml$/, /^\.mocharc/]
const FOLDERS = /^(?:\.github\/workflows|\.circleci)\/[^/]+\.ya?ml$/
const TESTS =
  /(?:^|\/)(?:tests?|__tests__|specs?)\/.*\.(?:[cm]?[jt]sx?|py)$|[._-](?:test|spec)\.[cm]?[jt]sx?$|(?:^|\/)test\.[cm]?[jt]s$|(?:^|\/)test_[^/]*\.py$|_test\.py$/

/** Whether detection reads this file's text: manifests, CI and compose files, and tests for what they import. */
export function wantsText(path: string): boolean {
  const name = baseOf(path)
  return NAMES.has(name) || PATTERNS.some((one) => one.test(name)) || FOLDERS.test(path) || isTestSource(path)
}

/** A JavaScript or Python file that is named or placed like a test. */
export const isTestSource = (path: string): boolean => TESTS.test(path)
