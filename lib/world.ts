import type { Sql } from 'postgres'
import type { Anchor } from './domain/audit.ts'
import type { Brings, Deployment, Serving, ServingPoint, Traffic } from './domain/deployment.ts'
import type { Environment } from './domain/event.ts'
import type { FixtureRequest } from './domain/fixture.ts'
import type { ModelAnswer, ModelRequest, Reservation, Reserved, Usage } from './domain/model.ts'
import type { ChannelName, Notice } from './domain/notice.ts'
import type { Project } from './domain/project.ts'
import type { SandboxFile, SandboxResult, SandboxRun, SelfTest } from './domain/sandbox.ts'
import type { Poll, SourceKind } from './domain/source.ts'
import type { Commit, Entry, Oid, Sha } from './domain/tree.ts'
import type { Agent } from './domain/work.ts'
import type { Review } from './world/review.ts'

export type { AccountsAuth, Auth, CookieWish, Jar, OwnerAuth, Proof, Visitor } from './world/auth.ts'

/** Every port on one screen. Adapters implement them; `lib/adapters/index.ts` hands out three zones of them. */

export interface Clock {
  now(): Date
}

/** Wakes an agent at once or after a delay; losing a ring loses nothing, clocks are the safety net. */
export type Ring = (agent: Agent, inMs?: number) => void

export interface CodeReader {
  head(branch: string): Promise<Sha | null>
  commit(sha: Sha): Promise<Commit>
  /** The full listing of a commit's tree. */
  files(sha: Sha): Promise<Entry[]>
  blob(oid: Oid): Promise<Buffer>
  /** Many at once, in the order asked for; sizes as in their listing. */
  blobs(entries: Pick<Entry, 'oid' | 'size'>[]): Promise<Buffer[]>
  /** The commit that last changed a line, seen from `sha`; null when the line does not exist. */
  blame(sha: Sha, path: string, line: number): Promise<Commit | null>
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>
  /** Every branch as the far side has it now. */
  branches(): Promise<Branch[]>
  /** What changed from one commit to another, for people to look at: text alone, and cut where it gets long. */
  diff(from: Sha, to: Sha): Promise<string>
}

export interface Branch {
  name: string
  head: Sha
}

/** A commit to be built from known parts: deterministic, so that a retry builds the same one. */
export interface CommitPlan {
  parents: Sha[]
  tree: Oid
  message: string
  /** ISO 8601; author and committer date. */
  at: string
}

export interface CodeActor {
  head(branch: string): Promise<Sha | null>
  commit(sha: Sha): Promise<Commit>
  files(sha: Sha): Promise<Entry[]>
  /** The full listing of a tree we composed. */
  filesOfTree(tree: Oid): Promise<Entry[]>
  blob(oid: Oid): Promise<Buffer>
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>
  /** Writes blobs over a base tree into our mirror; reaches nothing outside. */
  composeTree(base: Sha, edits: { path: string; bytes: Uint8Array }[]): Promise<Oid>
  composeCommit(plan: CommitPlan): Promise<Sha>
  /** The tree of merging `theirs` into `ours`; null when they conflict. */
  mergeTree(ours: Sha, theirs: Sha): Promise<Oid | null>
  /** Moves a branch if it is still at `expected` (null: it must not exist). `moved` when it is not. */
  push(branch: string, sha: Sha, expected: Sha | null): Promise<'pushed' | 'moved'>
}

/** A service that knows of errors and is asked for them. Webhooks are hints; what it answers here is the truth. */
export interface Source {
  kind: SourceKind
  /**
   * What came since the cursor, in a bounded number of calls; null begins a day back. The same cursor twice tells the same
   * events twice. Never throws: what went wrong is in the answer, and what was not read is still before the cursor.
   */
  poll(cursor: string | null): Promise<Poll>
}

export interface DeployReader {
  serving(environment: Environment): Promise<Serving | null>
  deployment(id: string): Promise<Deployment | null>
  /** Traffic in whole minutes from `since` on, oldest first. */
  traffic(environment: Environment, since: Date): Promise<Traffic[]>
  /** What changes beside the code when one deployment gives its traffic to an earlier one. Hosts that keep none leave it out. */
  brings?(from: string, to: string): Promise<Brings>
}

export interface DeployActor extends DeployReader {
  /** Same key, same build. */
  create(sha: Sha, environment: Environment, key: string): Promise<Deployment>
  find(key: string): Promise<Deployment | null>
  /** Compare-and-set on what serves now and on how often that changed, so that there and back again is a change too. */
  promote(environment: Environment, deployment: string, expected: ServingPoint | null): Promise<'promoted' | 'moved'>
  /** The same, to a deployment that has served before. To what serves already it only moves the count on. */
  rollback(environment: Environment, deployment: string, expected: ServingPoint): Promise<'rolled-back' | 'moved'>
}

export interface ProbeAnswer {
  status: number
  ms: number
}

/** Sends one request to an address the host named, never to one from an event. */
export type Probe = (origin: string, request: FixtureRequest) => Promise<ProbeAnswer>

/** The far side certainly did nothing. `inMs`: how long it wants to be left alone. */
export interface NotSent {
  refused: string
  inMs?: number
}

/** One way to tell people. */
export interface Notify {
  /** Once a key, as far as the far side can be asked. Throws when nobody knows whether it arrived. */
  send(project: Project, notice: Notice): Promise<NotSent | undefined>
  /** Whether a notice with this key has arrived, asked of where it went. */
  arrived(project: Project, key: string): Promise<boolean>
}

/** A remark on an issue of the tracker's, known by the first line it begins with. */
export interface Remark {
  mark: string
  text: string
  /** Path of a page of ours. */
  link: string
}

/**
 * Where an issue came from and people look for how it ended. Issues go by what the tracker calls them. Both may be asked
 * for twice; a reason means that nothing was done and never will be, throwing that nobody knows.
 */
export interface Tracker {
  /** Ended by this commit, so that it comes back only with what has it; what a person decided about it stays. */
  resolve(issue: string, sha: Sha): Promise<{ refused: string } | undefined>
  isResolved(issue: string): Promise<boolean>
  /** One remark a mark: the next replaces the last. */
  remark(issue: string, remark: Remark): Promise<{ refused: string } | undefined>
  isRemarked(issue: string, remark: Remark): Promise<boolean>
}

/** A way that leaves us. It is called by a delivery of its own, so that no release waits for it. */
export interface Channel {
  name: ChannelName
  notify: Notify
}

/** What answers somebody who pressed a button or typed a command in a chat. Decides nothing. */
export interface Chat {
  /** The address the chat has verified of a full member of its own; null: there is none, or it does not say. */
  emailOf(user: string): Promise<string | null>
  /** Opens the form that asks for a reason; `about` comes back with it. */
  askWhy(trigger: string, about: string): Promise<void>
  /** Tells the one person who asked. `to`: the address that came with what they did. */
  say(to: string, text: string): Promise<void>
  /** The same as the body of an answer to their request. */
  shown(text: string): Promise<object>
}

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

/** Answers or says in a typed failure why not: it never throws. Money is reserved before a call and settled after it. */
export interface Model {
  ask(request: ModelRequest, signal?: AbortSignal): Promise<ModelAnswer>
}

/** Whose money a model's calls cost. Prices are its business, so that no adapter knows any. */
export interface Budget {
  /** Puts the upper bound of one call aside. `model` as in the route: `anthropic:claude-sonnet-5-5`. */
  reserve(request: ModelRequest, model: string): Promise<Reserved>
  /** Once a reservation; usage null: nobody knows, so it costs what was put aside. Returns what it cost, in US dollars. */
  settle(reservation: Reservation, usage: Usage | null): Promise<number>
}

/** A model for one budget; null where recipes work alone. What is said is kept under `name`, redacted. */
export type OpenModel = (budget: Budget, name: string) => Model

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
