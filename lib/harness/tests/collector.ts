import type { Coverage, RunnerName, TestCase, TestSelection } from '../../domain/testRun.ts'

/** Where a run's reports go, and what it is asked. */
export interface Collecting {
  /** A fresh folder of this run, outside the workspace. */
  folder: string
  /** The root of the repository's copy. */
  workspace: string
  only: TestSelection
  coverage: boolean
}

export interface Collected {
  runner: RunnerName
  tests: TestCase[]
  coverage: Coverage | null
}

/**
 * One family of runners. It reaches them through their environment alone (a preload, a plugin path, a program earlier on
 * the PATH), since the command is the repository's own and may be anything: a script of a script.
 */
export interface Collector {
  name: string
  /** What to add to the command's environment; may write files below `folder`. */
  prepare(run: Collecting): Promise<Record<string, string>>
  /** What the runners left behind; null when none of this family ran. */
  collect(run: Collecting, output: string): Promise<Collected | null>
}
