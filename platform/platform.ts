import type { Config } from './config.ts'
import type { Folders } from './folders.ts'
import type { Instances } from './instances.ts'
import type { Runtime } from './runtime.ts'
import type { Store } from './store.ts'
import type { Traffic } from './traffic.ts'

/** What running apps and builds need. */
export interface Machine {
  folders: Folders
  runtime: Runtime
  store: Store
  /** Aborted when the platform stops: what ends after that did not fail. */
  closing: AbortSignal
  /** Longest time each step may take, milliseconds. */
  patience: Patience
}

export interface Patience {
  install: number
  build: number
  prepare: number
  health: number
}

/** Minutes, not hours: whoever waits for a build wants an answer, and a hanging one holds a place in the queue. */
export const PATIENCE: Patience = { install: 300_000, build: 600_000, prepare: 120_000, health: 60_000 }

/** Everything the API works on. */
export interface Platform extends Machine {
  config: Config
  instances: Instances
  traffic: Traffic
  /** Opens or moves a target's router; answers the port it listens on, or rejects when that is taken. */
  listen(app: string, environment: string, port: number): Promise<number>
  /** Queues a build. */
  enqueue(id: string): void
}
