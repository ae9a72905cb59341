import type { Sha } from './tree.ts'

/** Something went wrong, once. All text in it is untrusted and already redacted. */

/** `complete`: the body can be replayed. `partial`: cut by the SDK. `none`: the SDK saw no body. */
export type Capture = 'complete' | 'partial' | 'none'

export interface CapturedRequest {
  method: string
  /** Path with query string, as sent; secrets are placeholders such as `[token]`. */
  path: string
  headers: Record<string, string>
  /** Raw body text where there was one. */
  body: string | null
  capture: Capture
}

/** One in-app or foreign stack frame; the crash site is the first of a list. */
export interface Frame {
  /** Repository-relative path (`src/routes/launch.ts`), or null when outside the repository. */
  path: string | null
  function: string | null
  line: number | null
  column: number | null
  inApp: boolean
  /** The source line the frame points at, where the SDK sent it. */
  context: string | null
}

export interface Failure {
  type: string
  message: string
  /** Crash site first. */
  frames: Frame[]
  handled: boolean
  /** The crash lies in a script of a browser extension. */
  extension: boolean
  /** Types, messages and codes from the thrown error down to its root cause. */
  causes: { type: string; message: string }[]
}

export type Environment = 'production' | 'staging'

/** What `lib/parse` makes of one stored envelope. */
export interface ErrorEvent {
  id: string
  /** ISO 8601, server time: clocks in events are not trusted. */
  at: string
  environment: Environment
  /** The commit that was running, from the SDK's release; null when it named none. */
  sha: Sha | null
  level: 'fatal' | 'error' | 'warning' | 'info' | 'debug'
  failure: Failure
  fingerprint: string
  /** `POST /api/practices/:id`, or null outside a request. */
  route: string | null
  request: CapturedRequest | null
  /** Hash of the user's id; null when the event named none. */
  user: string | null
}
