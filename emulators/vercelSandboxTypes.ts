import type { EmulatedMachine } from './vercelSandboxMachine.ts'

export interface Call {
  method: string
  /** After `/api`. */
  path: string
  query: URLSearchParams
  body: Buffer
  headers: Record<string, string>
}

export interface Answer {
  status: number
  json?: unknown
  /** Instead of `json`: a file's. */
  bytes?: Buffer
  /** Instead of `json`: newline-delimited. */
  rows?: unknown[]
}

/** What a sandbox is asked for with. */
export interface CreateBody {
  name?: string
  source?: { type?: string; snapshotId?: unknown }
  networkPolicy?: { mode?: string; allow?: string[] }
  tags?: Record<string, string>
  env?: Record<string, string>
  /** Milliseconds. */
  timeout?: number
}

/** As the API writes it; `custom` carries what a list of hosts became. */
export type ApiPolicy = { mode: 'allow-all' | 'deny-all' } | { mode: 'custom'; allowedDomains: string[] }

export interface Command {
  id: string
  name: string
  args: string[]
  cwd: string
  sessionId: string
  exitCode: number | null
  startedAt: number
}

/** One sandbox with its one session. */
export interface EmulatedSandbox {
  name: string
  session: string
  status: 'running' | 'stopped'
  policy: ApiPolicy
  tags: Record<string, string>
  env: Record<string, string>
  timeout: number
  createdAt: number
  /** What it was made of: a snapshot's id, or null for an image. */
  source: string | null
  machine: EmulatedMachine
  commands: Map<string, { command: Command; ended: Promise<void> }>
  /** Ends it when its time is over. */
  end: NodeJS.Timeout
}

export interface EmulatedSnapshot {
  id: string
  /** Of the sandbox it was taken of. */
  name: string
  session: string
  /** Folders of its disk, topmost first. */
  layers: string[]
  status: 'created' | 'deleted'
  createdAt: number
  expiration: number | null
}
