import type { RunnerName } from './testRun.ts'

/** What a repository is written in and how its own tests are run, read from its files alone; nothing was executed. */

export type RuntimeName = 'javascript' | 'python' | 'go' | 'java' | 'rust'

export interface ListedFile {
  /** From the root of the repository. */
  path: string
  /** Only of manifests, settings and tests is it looked at. */
  text?: string
}

export interface DetectedRunner {
  runner: RunnerName
  /** What is started: `vitest`, `tape`, `mvn`, `gradle`. */
  program: string
  /** `package.json: the script test runs vitest`. */
  why: string
}

/** Commands are shell lines run at the root of the repository; null where there is none. */
export interface DetectedRuntime {
  runtime: RuntimeName
  /** Where its manifest lies; empty at the root. Commands enter it by themselves. */
  folder: string
  /** The likeliest first. */
  runners: DetectedRunner[]
  test: string | null
  install: string | null
  /** What has to run before the test command, such as a compiler whose output is what the tests import. */
  build: string | null
  types: string | null
  lint: string | null
  /** Rewrites the files that are appended to it; only where the repository configures a formatter. */
  format: string | null
  /** How an app is started. */
  start: string | null
  /** `{ node: ">=18" }`, `{ go: "1.21" }`, as the repository writes them. */
  engines: Record<string, string>
  /** Folders of the members of a workspace (npm, pnpm, Cargo, Maven, Gradle, go.work). */
  members: string[]
}

export interface DetectedService {
  name: 'postgres' | 'redis' | 'mysql' | 'mongodb'
  why: string
}

export interface Detection {
  /** The one that `command` runs first, then the root's, then by how many source files there are. */
  runtimes: DetectedRuntime[]
  services: DetectedService[]
  /** The command that was given, else the first runtime's; null when nothing says how tests are run. */
  test: string | null
}
