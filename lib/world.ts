import type { Sql } from 'postgres'
import type { Anchor } from './domain/audit.ts'
import type { Project } from './domain/project.ts'
import type { Poll, SourceKind } from './domain/source.ts'
import type { Agent } from './domain/work.ts'
import type { CodeActor, CodeReader } from './world/code.ts'
import type { DeployActor, DeployReader, Probe } from './world/deploy.ts'
import type { OpenModel } from './world/model.ts'
import type { Review } from './world/review.ts'
import type { Sandbox } from './world/sandbox.ts'
import type { Channel, Notify, Tracker } from './world/tell.ts'

export type { AccountsAuth, Auth, CookieWish, Jar, OwnerAuth, Proof, Visitor } from './world/auth.ts'
export type { Branch, CodeActor, CodeReader, CommitPlan } from './world/code.ts'
export type { DeployActor, DeployReader, Probe, ProbeAnswer } from './world/deploy.ts'
export type { Budget, Model, OpenModel } from './world/model.ts'
export type { Detached, Sandbox } from './world/sandbox.ts'
export type { Channel, Chat, Notify, NotSent, Remark, Tracker } from './world/tell.ts'

/**
 * Every port on one screen: the larger ones are in `world/`, each in a file of its own. Adapters implement them, and
 * `lib/adapters/index.ts` hands out three zones of them.
 */

export interface Clock {
  now(): Date
}

/** Wakes an agent at once or after a delay; losing a ring loses nothing, clocks are the safety net. */
export type Ring = (agent: Agent, inMs?: number) => void

/** A service that knows of errors and is asked for them. Webhooks are hints; what it answers here is the truth. */
export interface Source {
  kind: SourceKind
  /**
   * What came since the cursor, in a bounded number of calls; null begins a day back. The same cursor twice tells the same
   * events twice. Never throws: what went wrong is in the answer, and what was not read is still before the cursor.
   */
  poll(cursor: string | null): Promise<Poll>
}

interface Base {
  sql: Sql
  clock: Clock
  ring: Ring
}

/** Sees untrusted text; holds no credential that changes anything. */
export interface Reader extends Base {
  code(project: Project): CodeReader
  deploy(project: Project): DeployReader
  /** Those that the project's settings name, with tokens that read. */
  sources(project: Project): Source[]
  /** Null: recipes alone. */
  model: OpenModel | null
  /** What our own errors carry; events with it are passed over, or we should look after ourselves for ever. */
  ownMark?: string
}

/** Runs untrusted code; no network, no secrets. */
export interface Runner {
  sandbox: Sandbox
}

/** Holds credentials; sees ids, enums, hashes, numbers and blobs it hashes itself. */
export interface Actor extends Base {
  code(project: Project): CodeActor
  /** Null where the code is in a repository without pull requests. */
  review(project: Project): Review | null
  deploy(project: Project): DeployActor
  probe: Probe
  /** The inbox: it gets everything, and what is in it is delivered by the channels. */
  notify: Notify
  /** Null where nothing may be told to whoever told of the issue. */
  tracker(project: Project): Tracker | null
  channels: readonly Channel[]
  /** The kill switch of this process: it claims nothing but notices. */
  halted: boolean
}

/** Tells the code host's webhooks from everybody else's requests. */
export interface Hook {
  /** Whether this body, to the byte, was signed with the secret both sides know. */
  accepts(body: Buffer, signature: string): Promise<boolean>
}

/** Positions of the audit kept outside the database, which whoever rewrites the database cannot rewrite with it. */
export interface Anchors {
  /** Writes down where the audit stands; the same position twice is once. `behind`: it stood further on before. */
  keep(project: Pick<Project, 'slug'>, head: { seq: number; hash: string }): Promise<'kept' | 'behind'>
  read(project: Pick<Project, 'slug'>): Promise<Anchor[]>
}
