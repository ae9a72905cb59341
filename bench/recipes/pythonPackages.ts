import type { DebianPackage } from './debian.ts'
import type { Split } from './package.ts'

export interface PythonPackage {
  name: string
  /** Where it comes from; a folder of `python/` beside this file where it is null. */
  debian: DebianPackage | null
  sources: string[]
  tests: RegExp
  split: Split
}

export const PYTHON: PythonPackage[] = [
  {
    name: 'toolz',
    debian: {
      ...{ name: 'python3-toolz', version: '0.12.0-1', folder: 'toolz' },
      // One tests a folder that is elsewhere; the tests of the other call each other, so none can be held out.
      without: ['toolz/tests/test_tlz.py', 'toolz/tests/test_inspect_args.py'],
      integrity: 'sha256-DgoH7FgRCl0HqE8zRuYkts2SMw4H/IMW0/imupWA9y8=',
    },
    sources: ['toolz/itertoolz.py', 'toolz/functoolz.py', 'toolz/dicttoolz.py', 'toolz/recipes.py', 'toolz/utils.py'],
    tests: /^toolz\/tests\/test_.*\.py$/,
    split: 'tests',
  },
  ...['intervals', 'inventory', 'jobs', 'templates'].map((name) => ({
    ...{ name, debian: null, sources: [`${name}/`], tests: /^tests\/test_.*\.py$/, split: 'tests' as const },
  })),
]
