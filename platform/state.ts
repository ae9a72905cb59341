import type { Deployment, DeploymentState } from '../lib/domain/deployment.ts'

/** An app has at most these two targets. */
export const TARGETS = ['production', 'staging'] as const
export type TargetName = (typeof TARGETS)[number]

/** Where one environment's traffic arrives, and what answers it. */
export interface Target {
  /** Port of its router on 127.0.0.1. */
  port: number
  /** Given to the app; never written to the log. */
  env: Record<string, string>
  /** Id of the deployment that takes the traffic. */
  serving: string | null
  /** Ids in the order they were promoted or rolled back to, oldest first; the last one serves. */
  history: string[]
}

/** One build of one commit, as stored. */
export interface Build {
  id: string
  key: string
  sha: string
  environment: TargetName
  state: DeploymentState
  /** ISO 8601. */
  at: string
  why: string | null
  /** Host user the build and the app run as; null when the platform is not root. */
  uid: number | null
  /** Port the app listens on; null until it was started once. */
  port: number | null
  /** From the commit's manifest; null until read. */
  start: string | null
  health: string | null
  /** Key of the installed dependency set; null when there is none. */
  dependencies: string | null
}

export interface App {
  name: string
  /** Absolute path of a bare repository. */
  repository: string
  targets: Partial<Record<TargetName, Target>>
  /** Oldest first. */
  builds: Build[]
}

export type What =
  | 'registered'
  | 'deployment.created'
  | 'deployment.ready'
  | 'deployment.failed'
  | 'promoted'
  | 'rolled-back'
  | 'app.exited'
  | 'app.restarted'

/** One line of the append-only log; the facts depend on `what`. */
export interface Entry {
  /** 1, 2, 3 … without gaps over all apps. */
  seq: number
  /** ISO 8601. */
  at: string
  what: What
  app: string
  [fact: string]: unknown
}

export interface State {
  /** The newest log entry, kept here too so that a kill between the two writes loses nothing. */
  last: Entry | null
  apps: Record<string, App>
}

export const EMPTY: State = { last: null, apps: {} }

export function findBuild(state: State, id: string): { app: App; build: Build } | null {
  for (const app of Object.values(state.apps)) {
    const build = app.builds.find((b) => b.id === id)
    if (build) return { app, build }
  }
  return null
}

/** What the API answers; `running` says whether the app is up or being restarted. */
export function toDeployment(build: Build, running: boolean): Deployment {
  const { id, sha, environment, state, at, why, port } = build
  const url = state === 'ready' && running && port !== null ? `http://127.0.0.1:${port}` : null
  return { id, sha, environment, state, url, at, why }
}
