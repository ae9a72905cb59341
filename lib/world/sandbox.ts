import type { SandboxFile, SandboxResult, SandboxRun, SelfTest } from '../domain/sandbox.ts'

/** The port `sandbox`: the one place where code that is not ours runs. */

/** Runs that outlast whoever started them. */
export interface Detached {
  /** Starts it under an id, or finds it started: however often it is asked for, and by whom, it runs once. */
  start(id: string, run: SandboxRun): Promise<void>
  /** How it ended, waited for at most so long. `none`: nothing runs under this id, and nobody can say how it ended. */
  look(id: string, waitMs: number): Promise<SandboxResult | 'running' | 'none'>
  /** Gives up what it holds; never throws. */
  drop(id: string): Promise<void>
}

export interface Sandbox {
  run(run: SandboxRun): Promise<SandboxResult>
  /** Left out where runs end with the process that started them. */
  detached?: Detached
  /**
   * Once per lockfile and command, with egress to the package registry only. Scripts of packages are off unless asked for;
   * `npm ci`, the default, means whichever manager the lockfile is of. `note`: what a person should know about it.
   */
  install(
    files: SandboxFile[],
    command: string,
    how?: { scripts?: boolean },
  ): Promise<
    { ok: true; key: string; ms: number; cached: boolean; note?: string } | { ok: false; why: string; output: string }
  >
  /**
   * A read-only copy of the dependency folders that a checkout on this machine has already (`node_modules`, also nested,
   * `.venv`, `vendor`); `folder` is its root. Made once for what is there. `notes`: what is not as in the original.
   */
  adopt(
    folder: string,
  ): Promise<{ ok: true; key: string; cached: boolean; notes?: string[] } | { ok: false; why: string }>
  selfTest(options?: { full?: boolean }): Promise<SelfTest>
}
