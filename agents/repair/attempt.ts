import type { Edit } from '../../lib/domain/tree.ts'
import type { Baseline } from './baseline.ts'
import { examine, gateAnswer } from './examine.ts'
import type { Ground } from './ground.ts'
import { type Proven, proveTested } from './prove.ts'

export interface Change {
  author: 'recipe' | 'model'
  /** Which recipe, or which attempt. */
  name: string
  edits: Edit[]
  /** One sentence from a template, or a model's own: untrusted then. */
  summary: string
  assumes: string[]
}

export interface Attempted {
  change: Change
  proven: Proven | null
  /** Null when it is proven and may leave. */
  why: string | null
  /** `gate`: it is proven, and protected: a person may take it over. */
  end: 'proven' | 'not-proven' | 'cheats' | 'gate'
}

/** One change, from reading it to six runs. The proof decides, whoever wrote it. */
export async function attempt(ground: Ground, base: Baseline, change: Change): Promise<Attempted> {
  const examined = examine(ground, base.red.targets, change.edits)
  if (examined.cheats) return { change, proven: null, why: examined.cheats, end: 'cheats' }
  const proven = await proveTested(ground, base, change.edits, gateAnswer(examined))
  if (proven.why) return { change, proven, why: proven.why, end: 'not-proven' }
  const worse = await base.checks(change.edits)
  if (worse) return { change, proven, why: worse, end: 'not-proven' }
  if (examined.refused) return { change, proven, why: examined.refused, end: 'gate' }
  return { change, proven, why: null, end: 'proven' }
}
