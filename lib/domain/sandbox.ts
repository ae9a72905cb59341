/** What goes into and comes out of one sandbox run. The sandbox holds untrusted code: no network, no secrets. */

export interface SandboxFile {
  path: string
  bytes: Uint8Array
  executable?: boolean
}

export interface Limits {
  wallMs: number
  cpuSeconds: number
  memoryBytes: number
  processes: number
  /** Largest single file, and the size of /tmp. */
  fileBytes: number
  /** Captured bytes of stdout and of stderr, each; the rest is dropped and `truncated` says so. */
  outputBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  wallMs: 120_000,
  cpuSeconds: 120,
  memoryBytes: 2 * 1024 ** 3,
  processes: 256,
  fileBytes: 512 * 1024 ** 2,
  outputBytes: 1024 ** 2,
}

export interface SandboxRun {
  /** A plain copy of a tree, written afresh to /workspace for this run. */
  files: SandboxFile[]
  /** Fixed argv, run in /workspace; element 0 is `node`, `npm`, `sh` or an absolute path inside. */
  argv: string[]
  /** Added to PATH, HOME, LANG, CI and TMPDIR; nothing else reaches the inside. */
  env?: Record<string, string>
  stdin?: string
  /** Key of a dependency set (see `install` and `adopt`), its folders mounted read-only at their places. */
  dependencies?: string | null
  /** Programs of services shown below /opt, for the harness to start inside: `/opt/postgresql` and a fresh cluster of it. */
  services?: 'postgres'[]
  limits?: Partial<Limits>
}

export type SandboxEnd = 'exited' | 'timed-out' | 'out-of-memory' | 'killed'

export interface SandboxResult {
  end: SandboxEnd
  /** Exit status; null unless `end` is `exited`. */
  exit: number | null
  stdout: string
  stderr: string
  truncated: boolean
  /** Attempts to reach another host, counted by the kernel in the run's own network namespace. */
  egress: number
  /** Wall milliseconds. */
  ms: number
}

export type Probe = { name: string; contained: boolean; detail: string }

/** Which boundary is in force, said plainly: namespaces are not a virtual machine. */
export type SelfTest =
  | { ok: true; boundary: string; probes: Probe[] }
  | { ok: false; boundary: string; probes: Probe[]; why: string; remedy: string }
