import { expect, test } from 'vitest'
import type { Issue } from '../../lib/domain/issue.ts'
import type { Summary, WeeklyReview } from '../../lib/domain/summary.ts'
import { noticeOfSummary } from '../../lib/domain/summaryWords.ts'
import { isQuietWeek, plainRoute, weeklyReviewOf } from '../../lib/policy/weeklyReview.ts'
import { after, issue, seenAt } from './stages.ts'

const finding = (id: number, more: Partial<Issue> = {}): Issue =>
  issue({ id, severity: 'P4', ...more } as Partial<Issue>)
const week = (open: Issue[], more = 0, gone = 0, since = after(10)) => weeklyReviewOf({ open, more, gone, since })
const noticeOf = (content: WeeklyReview) =>
  noticeOfSummary({
    ...{ kind: 'weekly-review', period: '2026-11-30', since: seenAt, until: after(30), zone: 'UTC', told: true },
    ...{ quiet: isQuietWeek(content), content },
  } satisfies Summary)

test('slow routes are apart from the others, the most counted first, and what is new is said', () => {
  const content = week([
    finding(1, { seen: 3 }),
    finding(2, { seen: 900, fingerprint: 'slow:GET /a', route: 'GET /a' }),
    finding(3, { seen: 2000, fingerprint: 'slow:GET /b', route: 'GET /b/[id]', firstSeen: after(20) }),
    finding(4, { seen: 40, firstSeen: after(11) }),
  ])
  expect(content.groups.slow.map((one) => one.issue)).toEqual([3, 2])
  expect(content.groups.other.map((one) => [one.issue, one.isNew])).toEqual([
    [4, true],
    [1, false],
  ])
  const { title, body } = noticeOf(content)
  expect(title).toBe('Weekly review, week of Monday 30 November: 4 P4 findings open, 2 new.')
  expect(body).toMatch(/^Slow routes \(2\)\n- Issue 3, GET \/b\/\[id\]: counted 2,000 times, new\n/)
  expect(body).toContain('- What to do: see on its page')
  expect(body).toContain('- Issue 1, POST /a: counted 3 times\n- What to do: silence')
})

test('what went is counted, and a week without any is one line', () => {
  expect(noticeOf(week([finding(1, { seen: 1 })], 4, 2)).title).toContain(
    '5 P4 findings open, 2 over since the last review.',
  )
  const quiet = noticeOf(week([]))
  expect(quiet).toMatchObject({ body: 'No P4 finding is open.', key: 'weekly-review:2026-11-30', parts: [] })
  expect(isQuietWeek(week([], 0, 1))).toBe(false)
  expect(noticeOf(week([], 0, 1)).body).toBe('0 P4 findings open, 1 over since the last review.')
})

test.each<[string | null, boolean]>([
  ['POST /api/campaigns/launch', true],
  ['GET /a/[id]/:name/*', true],
  ['GET /', true],
  ['GET //evil.example', false],
  ['GET //evil', false],
  ['GET /evil.example/x', false],
  ['GET https://evil.example', false],
  ['GET /a b', false],
  ['get /a', false],
  ['GET /<script>', false],
  ['GET /a\n', false],
  [`GET /${'a'.repeat(61)}`, false],
  ['', false],
  [null, false],
])('%j is told as it is: %s', (route, told) => {
  expect(plainRoute(route)).toBe(told ? route : null)
})
