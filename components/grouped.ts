import { stageOf } from '@/lib/policy/stage.ts'
import type { Stage } from '@/lib/policy/stageFacts.ts'
import type { Desk, Strand } from './strand.ts'

export interface Row {
  strand: Strand
  stage: Stage
}

export interface Group {
  title: string
  rows: Row[]
}

export const rowOf = ({ project, now }: Desk, strand: Strand): Row => ({
  strand,
  stage: stageOf({ ...strand, project, now }),
})

/** What a person has to look at comes first, what is over last; a group without rows is left out. */
export function grouped(rows: Row[]): Group[] {
  const over = ({ strand, stage }: Row) => !stage.waitingForYou && strand.issue.state === 'closed'
  return [
    { title: 'Waiting for you', rows: rows.filter(({ stage }) => stage.waitingForYou) },
    { title: 'Under way', rows: rows.filter((row) => !row.stage.waitingForYou && !over(row)) },
    { title: 'Over', rows: rows.filter(over) },
  ].filter((group) => group.rows.length > 0)
}

const WEEK_MS = 7 * 86_400_000

export interface Week {
  seen: number
  cured: number
  waiting: number
}

/** Issues first seen and issues cured within seven days before `now`; waiting counts however old it is. */
export function weekOf(rows: Row[], now: Date): Week {
  const recent = (at: Date) => now.getTime() - at.getTime() < WEEK_MS
  return {
    seen: rows.filter(({ strand }) => recent(strand.issue.firstSeen)).length,
    cured: rows.filter(
      ({ strand: { issue } }) => issue.state === 'closed' && issue.closedAs === 'cured' && recent(issue.closedAt),
    ).length,
    waiting: rows.filter(({ stage }) => stage.waitingForYou).length,
  }
}
