import type { Limits, SandboxEnd } from '../../../../domain/sandbox.ts'
import type { Upstreams } from '../../registry/proxy.ts'

/** Places in the machine. Everything below HOUSE belongs to its root; the guest is shown parts of it read-only. */
export const HOUSE = '/nightshift'
/** Exists from the moment a job begins; one machine does one job. */
export const DESK = `${HOUSE}/run`
export const REPORT = `${DESK}/report.json`
export const LIMITS_OF_REPORT = 64 * 1024 ** 2

/** What the supervisor is asked to do; a file beside the uploaded tree, in the folder of the machine's ordinary user. */
export interface Job {
  /** Element 0 is an absolute path inside. */
  argv: string[]
  /** `NAME=value`, all of it. */
  env: string[]
  stdin: boolean
  limits: Limits
  install: Install | null
}

interface Install {
  /** Where packages come from; fetched by the supervisor, never by the guest. */
  upstreams: Upstreams
  /** The machine's present set is a package manager to run, not dependencies to show. */
  manager: boolean
  /** Folder that has to be there afterwards. */
  expected: string
  /** A file of the workspace to hand back. */
  keep: string | null
}

/** What came of it. Streams are base64: a program's output need not be text. */
export interface Report {
  end: SandboxEnd
  exit: number | null
  stdout: string
  stderr: string
  truncated: boolean
  /** Counted by the machine's kernel; null where it could not be read, which is not the same as none. */
  egress: number | null
  ms: number
  refused: string[]
  kept: string | null
  /** Why there is no result, or no set: ours to repair. */
  failure: string | null
}
