export const STEPS = [
  ...(['database', 'people', 'project', 'code', 'deploy', 'drains', 'sources', 'notify', 'level'] as const),
] as const

/** One step of setting up, as things stand now: derived from settings and rows each time, and never ticked off by hand. */
export interface Step {
  step: (typeof STEPS)[number]
  /** `may`: it works without. */
  state: 'done' | 'todo' | 'may'
  /** How things stand, in a sentence. */
  why: string
  /** Where to go on, below the control room. */
  page: string | null
}
