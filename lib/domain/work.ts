export const AGENTS = ['watcher', 'investigator', 'implementer', 'releaser'] as const
export type Agent = (typeof AGENTS)[number]

/** A claimed piece of work: everything that writes on its behalf carries the fence. */
export interface Lease {
  /** `project:1`, `issue:7`, `release:3`, `notices:1` or `pulls:1`. */
  subject: string
  project: number
  fence: number
  tries: number
}

/** What a step leaves behind: more work for an agent, or nothing. */
export type Next = { agent: Agent; inMs: number } | 'done'
