import type { Noun } from '@/lib/policy/stageFacts.ts'

/** One column of the board: a noun, and the agent that makes it from the noun on its left. */
export interface Column {
  noun: Noun
  title: string
  madeBy: string
}

export const COLUMNS: readonly Column[] = [
  { noun: 'event', title: 'Event', madeBy: 'your app' },
  { noun: 'issue', title: 'Issue', madeBy: 'watcher' },
  { noun: 'diagnosis', title: 'Diagnosis', madeBy: 'investigator' },
  { noun: 'fix', title: 'Fix', madeBy: 'implementer' },
  { noun: 'release', title: 'Release', madeBy: 'releaser' },
]
