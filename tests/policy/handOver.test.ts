import { expect, test } from 'vitest'
import type { Cause } from '../../lib/domain/diagnosis.ts'
import type { Severity } from '../../lib/domain/issue.ts'
import { HAND_OVER_PARTS, type HandOver, type Summary } from '../../lib/domain/summary.ts'
import { noticeOfSummary, summaryInWords } from '../../lib/domain/summaryWords.ts'
import { handOverOf, isQuietNight } from '../../lib/policy/handOver.ts'
import { reportOf } from '../../lib/policy/report.ts'
import type { ReportStrand } from '../../lib/policy/reportFacts.ts'
import { entered, facts, strand } from './reports.ts'
import { after, diagnosis, drafting, issue, proven, refused, seenAt } from './stages.ts'

const HOURS = 3_600_000
const night = (
  strands: ReportStrand[],
  { paused = false, ...over }: { paused?: boolean } & Parameters<typeof facts>[1] = {},
): HandOver => {
  const given = facts(strands, over)
  return handOverOf({ report: reportOf(given), strands: given.strands, paused })
}
const placed = (content: HandOver) =>
  HAND_OVER_PARTS.flatMap((part) => content.parts[part].map((item) => `${part} ${item.issue}`))
const summary = (content: HandOver, quiet = isQuietNight(content)): Summary => ({
  ...{ kind: 'hand-over', period: '2026-11-30', since: seenAt, until: after(30), zone: 'Europe/London', told: true },
  ...{ quiet, content },
})
const body = (content: HandOver) => noticeOfSummary(summary(content)).body
/** An issue somebody works on. */
const worked = (severity: Severity, id: number, more: Partial<ReportStrand> = {}) =>
  strand({ issue: issue({ id, severity }), diagnosis: diagnosis(), ...more })
const closed = (id: number) =>
  issue({ id, state: 'closed', closedAs: 'cured', closedAt: after(20) } as Parameters<typeof issue>[0])

test('each issue is in one part: what waits first, then how it ended', () => {
  const content = night([
    worked('P2', 1, { diagnosis: diagnosis({ cause: 'inconclusive' as Cause }) }),
    strand({ issue: closed(2), diagnosis: diagnosis(), fixes: [proven(1)], release: entered('cured') }),
    worked('P2', 3, { fixes: [proven(1)], release: entered('watching') }),
    worked('P2', 4, {
      fixes: [{ ...proven(1), withdrawn: true, withdrawnWhy: 'w' }],
      release: entered('rolled-back', {
        back: { kind: 'unhealthy', why: 'w', from: 'watching', lane: 'production', at: '', turn: 1 },
      }),
    }),
    worked('P2', 5, { fixes: [refused(1)] }),
    worked('P2', 6),
    worked('P2', 7, { fixes: [proven(1)], release: entered('held', { waiting: 'branch protection' }) }),
  ])
  expect(placed(content)).toEqual(['waiting 7', 'waiting 1', 'cured 2', 'released 3', 'rolledBack 4', 'failed 5'])
  expect(content).toMatchObject({ held: 1, moving: 1, leftAlone: 0, findings: 0, news: true })
})

test('late is what is owed and not done: in a part of its own, or at what waits', () => {
  const later = { now: new Date(seenAt.getTime() + 26 * HOURS), since: seenAt }
  const content = night(
    [
      worked('P2', 1),
      worked('P3', 2),
      worked('P2', 3, { diagnosis: diagnosis({ cause: 'inconclusive' }) }),
      worked('P1', 4),
      strand({ issue: issue({ id: 5, severity: 'P1' }) }),
      worked('P2', 6, { fixes: [proven(1)], release: entered('soaking') }),
      strand({ issue: closed(7), diagnosis: diagnosis(), fixes: [], release: null }),
    ],
    later,
  )
  expect(content.parts.overdue.map(({ issue, lateMs }) => [issue, Math.round(lateMs / HOURS)])).toEqual([
    [5, 26],
    [1, 25],
    [2, 2],
  ])
  expect(content.parts.waiting).toEqual([{ issue: 3, severity: 'P2', todo: 'look', lateMs: 25 * HOURS }])
  expect(content.parts.cured).toMatchObject([{ issue: 7, lateMs: 0 }])
  expect(body(content)).toContain('- Issue 3 (P2, 25 h late): look at what was found')
  expect(body(content)).toContain('- Issue 1 (P2, 25 h late): nobody is waited for')
})

test('P4 is counted for the weekly review, whatever its diagnosis asks, and wakes no quiet night', () => {
  const slow = worked('P4', 1, { diagnosis: diagnosis({ cause: 'inconclusive', remedy: 'needs-person' }) })
  const content = night([slow, strand({ issue: issue({ id: 2, severity: 'P4' }) })])
  expect(placed(content)).toEqual([])
  expect(content).toMatchObject({ findings: 2, moving: 0, leftAlone: 0, news: false })
  expect(isQuietNight(content)).toBe(true)
})

test('what went back is said, though the next attempt is being made', () => {
  const back = entered('rolled-back', {
    back: { kind: 'unhealthy', why: 'w', from: 'watching', lane: 'production', at: '', turn: 1 },
  })
  const again = worked('P2', 1, {
    fixes: [{ ...proven(1), withdrawn: true, withdrawnWhy: 'w' }, drafting(2)],
    release: back,
  })
  expect(placed(night([again]))).toEqual(['rolledBack 1'])
  expect(placed(night([again], { since: after(25) }))).toEqual([])
  const refusedSince = worked('P2', 1, {
    fixes: [{ ...proven(1), withdrawn: true, withdrawnWhy: 'w' }, refused(2)],
    release: back,
  })
  expect(placed(night([refusedSince]))).toEqual(['rolledBack 1'])
})

test('a released fix is news once: the day after it is on its way', () => {
  const watching = worked('P2', 1, { fixes: [proven(1)], release: entered('watching') })
  expect(placed(night([watching]))).toEqual(['released 1'])
  const next = night([watching], { since: after(25) })
  expect(placed(next)).toEqual([])
  expect(next).toMatchObject({ moving: 1, news: false })
  expect(isQuietNight(next)).toBe(true)
})

test.each<[string, HandOver, boolean]>([
  ['nothing at all', night([]), true],
  ['something is on its way from before', night([worked('P2', 1)], { since: after(25) }), true],
  ['something began', night([worked('P2', 1)]), false],
  [
    'somebody is waited for from before',
    night([worked('P2', 1, { diagnosis: diagnosis({ cause: 'inconclusive' }) })], { since: after(25) }),
    false,
  ],
  ['it is paused', night([], { paused: true }), false],
])('quiet: %s, %#', (_, content, quiet) => {
  expect(isQuietNight(content)).toBe(quiet)
})

test('a quiet night is one line, with what is open all the same', () => {
  const { title, body, key } = noticeOfSummary(summary(night([])))
  expect({ title, body, key }).toEqual({
    title: 'Hand-over of Monday 30 November',
    body: 'A quiet night: nothing happened, and nobody is waited for.',
    key: 'hand-over:2026-11-30',
  })
  expect(body).not.toContain('\n')
  const open = night([worked('P2', 1)], { since: after(25), more: 2 })
  expect(noticeOfSummary(summary(open)).body).toBe(
    'A quiet night: nothing happened, and nobody is waited for. Open all the same: 1 on the way, 2 older ones.',
  )
})

test('the whole of it: headline, parts, how it stands and what it cost, and no word of an error', () => {
  const content = night(
    [
      worked('P1', 1, { diagnosis: diagnosis({ cause: 'inconclusive', why: 'SECRET at src/a.ts' }) }),
      strand({
        issue: { ...closed(2), title: 'SECRET' },
        diagnosis: diagnosis(),
        fixes: [proven(1)],
        release: entered('cured'),
      }),
      worked('P2', 6),
    ],
    { paused: true, spent: [{ at: after(5), usd: 0.42 }], promotedToday: 2 },
  )
  const notice = noticeOfSummary(summary(content))
  const { title, link, body } = notice
  expect(title).toBe('Hand-over of Monday 30 November: 1 waiting for you, 1 cured.')
  expect(link).toBe('/dashboard/agent-control/report')
  expect(body.split('\n').filter((line) => !/Sandbox|Probes/.test(line))).toEqual([
    ...['Waiting for you (1)', '- Issue 1 (P1): look at what was found', ''],
    ...['Cured (1)', '- Issue 2 (P2): the error stopped', ''],
    'How it stands',
    '- It is paused: nothing leaves but notices until somebody resumes.',
    ...['- Besides: 1 on the way.', ''],
    ...['What it cost', '- Money: $0.42 for 1 call', '- Promotions: 2 of 10 used today'],
  ])
  expect('parts' in notice && notice.parts).toMatchObject([
    { title: 'Waiting for you (1)', lines: [{ issue: 1 }] },
    {},
    {},
    {},
  ])
  expect(JSON.stringify(notice)).not.toContain('SECRET')
})

test('a long part is cut, and says so', () => {
  const many = Array.from({ length: 30 }, (_, n) =>
    worked('P2', n + 1, { diagnosis: diagnosis({ cause: 'inconclusive' }) }),
  )
  const [waiting] = summaryInWords(summary(night(many))).parts
  expect(waiting?.title).toBe('Waiting for you (30)')
  expect(waiting?.lines).toHaveLength(16)
  expect(waiting?.lines.at(-1)).toEqual({ text: 'and 15 more', issue: null })
})
