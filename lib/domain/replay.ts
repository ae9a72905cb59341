import type { FixtureRequest } from './fixture.ts'

/** What the harness inside the sandbox is asked, as one JSON document on stdin, and what it answers on stdout. */

/** How the app is run; taken from the manifest of the base commit. */
export interface AppCommands {
  start: string
  health: string
  prepare: string | null
  env: Record<string, string>
}

export type HarnessTask =
  | {
      kind: 'replay'
      app: AppCommands
      /** Sent in order; the last one decides, earlier ones set the scene. */
      requests: FixtureRequest[]
      /** Requests whose answers must stay the same (the smoke set). */
      smoke: FixtureRequest[]
      /** Paths tracked at this commit: a frame resolves only against these. */
      tracked: string[]
    }
  | {
      kind: 'minimise'
      app: AppCommands
      request: FixtureRequest
      fingerprint: string
      /** Header names that stand in for redacted ones and are kept. */
      keepHeaders: string[]
      tracked: string[]
      budgetMs: number
    }

export interface Answer {
  /** HTTP status; 0 when the app did not answer. */
  status: number
  /** First 2 KB of the body: untrusted. */
  body: string
  /** Fingerprints of the events this request caused. */
  fingerprints: string[]
  /** Messages that go with them, for the page. */
  errors: { type: string; message: string; network: boolean }[]
  ms: number
}

export type HarnessResult =
  | { kind: 'replay'; answers: Answer[]; smoke: Answer[]; startedMs: number }
  | {
      kind: 'minimise'
      request: FixtureRequest
      /** JSON paths whose original value had to stay: shown to a person before anything is pushed. */
      kept: string[]
      sent: number
    }
  | { kind: 'failed'; stage: 'prepare' | 'start' | 'health' | 'replay' | 'input'; why: string; output: string }
