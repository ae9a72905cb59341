import type { Agent, Lease } from '../domain/work.ts'

/** What one step of an agent came to, in words that hold nothing of anybody's. */
export interface Outcome {
  how: 'done' | 'handed-on' | 'overtaken' | 'failed'
  /** Whom the work is with now. */
  to?: Agent
  /** What was thrown, where it failed. */
  error?: unknown
}

/** Ids, enums and numbers of ours. */
export type About = Record<string, string | number | boolean | null | undefined>

/**
 * Watches Nightshift itself: what it says, how long each tick and step takes, and what it did wrong. Never throws, and
 * whoever is watched waits for nothing but `flush`.
 */
export interface Observer {
  say(level: 'info' | 'warn' | 'error', words: string, about?: About): void
  /** An error of ours, not of what we look after. */
  failed(error: unknown, about?: About): void
  tick<T>(agent: Agent, run: () => Promise<T>): Promise<T>
  step<T extends Outcome>(
    agent: Agent,
    lease: Pick<Lease, 'subject' | 'project' | 'tries'>,
    run: () => Promise<T>,
  ): Promise<T>
  /** Everything that was seen so far has been sent, or given up. */
  flush(): Promise<void>
}
