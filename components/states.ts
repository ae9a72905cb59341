import type { StageName } from '@/lib/policy/stageFacts.ts'
import type { IconName } from './icon.tsx'

/** How a status feels. The tone only repeats in colour what icon and word say. */
export type Tone = 'moving' | 'good' | 'bad' | 'ask' | 'still'

export interface State {
  word: string
  icon: IconName
  tone: Tone
}

export const STATES: Record<StageName, State> = {
  noticed: { word: 'Noticed', icon: 'eye', tone: 'still' },
  diagnosing: { word: 'Diagnosing', icon: 'search', tone: 'moving' },
  fixing: { word: 'Fixing', icon: 'wrench', tone: 'moving' },
  proven: { word: 'Proven', icon: 'check', tone: 'good' },
  'waiting-for-you': { word: 'Waiting for you', icon: 'hand', tone: 'ask' },
  'needs-person': { word: 'Needs a person', icon: 'person', tone: 'ask' },
  'no-code-cause': { word: 'No code cause', icon: 'cloud', tone: 'still' },
  archived: { word: 'Archived', icon: 'box', tone: 'still' },
  staging: { word: 'To staging', icon: 'arrow', tone: 'moving' },
  soaking: { word: 'Soaking', icon: 'drop', tone: 'moving' },
  promoting: { word: 'To production', icon: 'arrow', tone: 'moving' },
  watching: { word: 'Watched', icon: 'eye', tone: 'moving' },
  cured: { word: 'Cured', icon: 'check', tone: 'good' },
  unexposed: { word: 'Not yet shown', icon: 'clock', tone: 'still' },
  relapsed: { word: 'Back again', icon: 'cross', tone: 'bad' },
  'rolling-back': { word: 'Rolling back', icon: 'undo', tone: 'bad' },
  'rolled-back': { word: 'Rolled back', icon: 'undo', tone: 'bad' },
  overtaken: { word: 'Proven again', icon: 'undo', tone: 'still' },
  held: { word: 'Held', icon: 'pause', tone: 'ask' },
}

/** A stage's state; null for a name nobody knows. */
export const stateOf = (stage: string): State | null =>
  Object.hasOwn(STATES, stage) ? STATES[stage as StageName] : null

/** A state within a sentence; a name nobody knows is said as it is. */
export const stateInWords = (state: string): string => stateOf(state)?.word.toLowerCase() ?? state
