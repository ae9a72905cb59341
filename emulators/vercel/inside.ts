import type { Edge } from './edge.ts'
import type { Platform } from './platform.ts'
import type { EmulatedDeployment, Store } from './state.ts'

/** What the account's team has set up, and how fast and how strictly the service works. */
export interface Settings {
  teamId: string
  projectId: string
  name: string
  /** Linked repository. */
  repoId: number
  productionBranch: string
  /** Slugs of custom environments. */
  environments: string[]
  /** What the next builds are scheduled with. */
  crons: { path: string; schedule: string }[]
  /** Everything but the production domain wants a login or the bypass secret. */
  protected: boolean
  bypassSecret: string
  /** Milliseconds a promotion or rollback takes after it was accepted. */
  settleMs: number
  /** A rollback to what serves already: taken, or a conflict. Which of them the real service does is not documented. */
  rollbackToCurrent: 'taken' | 'conflict'
  /** What the address of a drain has to answer with, in `x-vercel-verify`; null: it is not asked. */
  verifyCode: string | null
  /** Drains and webhooks are for teams that pay. */
  plan: 'hobby' | 'pro'
}

/** One change the service took on, in order: the witness. */
export interface Effect {
  what: 'created' | 'canceled' | 'promoted' | 'rolled-back' | 'aliased' | 'auto-assigned'
  deployment: string
}

/** What the parts of the service share. */
export interface Inside {
  settings: Settings
  store: Store
  platform: Platform
  edge: Edge
  /** Hosts of the domains, without a scheme. */
  domains: { production: string; staging: string }
  effects: Effect[]
  /** Milliseconds; never the same twice. */
  now(): number
  /** Tells the webhooks. */
  tell(type: string, deployment: EmulatedDeployment): void
  /** Work that goes on after an answer; waited for when the emulator closes. */
  later(work: Promise<unknown>): void
  closing: AbortSignal
}
