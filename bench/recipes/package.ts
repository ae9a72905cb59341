/** Packages the bench places faults in: only names, versions and hashes are here, their files are fetched when it runs. */

export interface NpmPackage {
  name: string
  version: string
  /** Subresource integrity of the archive, as the registry's metadata names it. */
  integrity: string
  runner: 'node-test' | 'tape' | 'mocha' | 'vitest' | 'command'
  /** What `npm test` runs in the bench; the package's own command also lints and measures coverage. */
  command: string
  /** Only what the tests need, exact versions. */
  dev: Record<string, string>
  /** Paths left out: benchmarks, types, tests of services that are not there. */
  without: string[]
  /** Files, and folders with a slash at the end, in which faults are placed. */
  sources: string[]
  tests: RegExp
  split: Split
}

/**
 * How a suite is divided in what a repair may see and what it is judged by. `files`: every second test file, in the
 * order of their paths, is held out. `tests`: every second test of each file is (for suites of few files).
 */
export type Split = 'files' | 'tests'

/** A package ready to be mutated, its suite seen green in both sizes. */
export interface Suite {
  name: string
  runner: string
  language: 'js' | 'python'
  /** Folder of the original, whole tree. */
  tree: string
  /** Its installed node_modules, if any. */
  modules: string | null
  /** A shell line, run in the tree's root with node_modules/.bin on PATH. */
  command: string
  /** What the repair is told to run. */
  asked: string
  /** Paths in which faults are placed, in order. */
  sources: string[]
  /** Test files as they are given to a repair: other texts by path, null for one that is held out. */
  given: Record<string, string | null>
  /** All test files of the original tree. */
  tests: string[]
  /** Seconds of the whole suite on this machine. */
  seconds: number
}
