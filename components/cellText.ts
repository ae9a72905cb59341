import type { Fix } from '@/lib/domain/fix.ts'
import type { Noun } from '@/lib/policy/stageFacts.ts'
import { many } from './numbers.ts'
import { STATES } from './states.ts'
import type { Strand } from './strand.ts'

/** Two short lines of a cell: what the noun is, and its most telling number. Untrusted. */
export interface CellText {
  head: string
  more: string
}

/** What each noun of a strand says of itself; null where it does not exist yet. */
export function cellText(noun: Noun, strand: Strand): CellText | null {
  return OF[noun](strand)
}

const OF: Record<Noun, (strand: Strand) => CellText | null> = {
  event: ({ issue }) => ({ head: `Seen ${many(issue.seen, 'time')}`, more: usersInWords(issue.users) }),
  issue: ({ issue }) => ({ head: issue.severity, more: issue.route ?? 'outside a request' }),
  diagnosis: ({ diagnosis }) => {
    if (!diagnosis) return null
    const { crash } = diagnosis.facts
    const more = crash ? `${fileOf(crash.path)}:${crash.line}` : 'no line to start from'
    return { head: CAUSES[diagnosis.cause], more }
  },
  fix: ({ fixes, release }) => {
    const fix = newestFix(fixes, release?.fix)
    return fix && { head: FIXES[fix.state], more: `Attempt ${fix.attempt} of 3` }
  },
  release: ({ release }) => {
    if (!release) return null
    const { soak, watch, cure } = release.facts
    const sent = (watch ?? soak)?.probes.sent ?? 0
    return { head: STATES[release.state].word, more: cure?.sentence ?? many(sent, 'probe') }
  },
}

const CAUSES = { code: 'In the code', 'no-code-cause': 'Not in the code', inconclusive: 'Inconclusive' } as const
const FIXES = { drafting: 'Being made', proven: 'Proven', refused: 'Refused' } as const

export const usersInWords = (users: number | null): string => (users === null ? 'users unknown' : many(users, 'user'))

/** The fix a release carries, otherwise the newest attempt. */
export function newestFix(fixes: Fix[], released: string | undefined): Fix | null {
  const shipped = fixes.find((fix) => fix.id === released)
  const newest = fixes.toSorted((a, b) => a.attempt - b.attempt || a.createdAt.getTime() - b.createdAt.getTime()).at(-1)
  const overtaken = shipped && newest && newest.attempt > shipped.attempt
  return (overtaken ? newest : shipped) ?? newest ?? null
}

const fileOf = (path: string): string => path.split('/').at(-1) ?? path
