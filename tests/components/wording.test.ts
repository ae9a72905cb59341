import { expect, test } from 'vitest'
import { auditWords } from '../../components/auditWords.ts'
import { newestFix } from '../../components/cellText.ts'
import { keyed } from '../../components/keyed.ts'
import { count, many, rate } from '../../components/numbers.ts'
import { shown } from '../../components/shown.ts'
import { clockIn, spanOf } from '../../components/time.tsx'
import { proven, refused } from './sampleFix.ts'

test.each([
  ['a\u202eb', 'a⟨U+202E⟩b'],
  ['a\u200bb\u2066c', 'a⟨U+200B⟩b⟨U+2066⟩c'],
  ['\u0000\u001b[31m', '⟨U+0000⟩⟨U+001B⟩[31m'],
  ['x\u{e0041}', 'x⟨U+E0041⟩'],
  ['x\u{e0101}\ufe01\u034f', 'x⟨U+E0101⟩⟨U+FE01⟩⟨U+034F⟩'],
  ['a\u3164b\u2028c', 'a⟨U+3164⟩b⟨U+2028⟩c'],
  ['a\tb\nc é 漢 שלום', 'a\tb\nc é 漢 שלום'],
])('%j is shown as %j', (text, expected) => {
  expect(shown(text)).toBe(expected)
})

const row = (what: string, body: Record<string, unknown>) =>
  auditWords({ seq: 1, at: new Date(0), actor: 'a', what, body })

test.each([
  ['issue.opened', { severity: 'P2', why: 'It fails.' }, 'Issue opened as P2: It fails.'],
  ['issue.diagnosed', { cause: 'code', remedy: 'code-fix' }, 'Diagnosed: code, remedy code-fix'],
  ['fix.proven', { attempt: 1 }, 'Attempt 1 proven'],
  ['control.settings', { settings: {}, was: {} }, 'Settings changed'],
  ['control.connected', { with: 'github' }, 'Connected with github'],
  ['fix.refused', { attempt: 2, why: 'the same patch' }, 'Attempt 2 refused: the same patch'],
  ['fix.waits', { attempt: 2, why: 'no answer' }, 'Attempt 2 waits: no answer'],
  ['effect.intent', { kind: 'push', target: 'branch' }, 'Allowed: push to branch'],
  ['effect.confirmed', { key: 'x:push' }, 'Read back as done: push'],
  ['effect.failed', { key: 'x:merge:staging' }, 'Failed: merge to staging'],
  ['effect.confirmed', { key: 'tell:release:1:cured' }, 'Read back as done: tell to inbox'],
  ['effect.confirmed', { key: 'tell:resolve:6000001:1' }, 'Read back as done: tell where it came from'],
  ['effect.intent', { kind: 'tell', target: 'tracker' }, 'Allowed: tell where it came from'],
  ['effect.confirmed', { key: 'odd' }, 'Read back as done: odd'],
  ['effect.failed', { key: 'x:push', receipt: { why: 'moved' } }, 'Failed: push'],
  ['work.stuck', { why: 'it fails' }, 'Stuck: it fails'],
  [
    'effect.refused',
    { kind: 'promote', target: 'production', reason: 'paused' },
    'Refused: promote to production: paused',
  ],
  ['release.cured', { cure: '23 expected, 0 seen' }, 'Release: cured: 23 expected, 0 seen'],
  ['release.held', { waiting: null }, 'Release: held'],
  ['constructor', { why: { nested: true } }, 'constructor'],
])('%s %j reads as a sentence', (what, body, expected) => {
  expect(row(what, body)).toBe(expected)
})

test.each([
  [-5, '0 s'],
  [999, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [7_199_000, '1 h'],
  [172_800_000, '2 d'],
])('%d ms are %s', (ms, expected) => {
  expect(spanOf(ms)).toBe(expected)
})

test('times are told in the zone, and an unknown zone is told in UTC', () => {
  const at = new Date('2026-07-01T23:30:05Z')
  expect(clockIn('Europe/London', at)).toBe('2 Jul, 00:30')
  expect(clockIn('Europe/London', at, true)).toBe('2 Jul, 00:30:05')
  expect(clockIn('Mars/Olympus', at)).toBe('1 Jul, 23:30 UTC')
})

test('numbers read the same everywhere', () => {
  expect([count(1804), many(1, 'user'), many(0, 'user'), rate(0.012134), rate(22.68)]).toEqual([
    '1,804',
    '1 user',
    '0 users',
    '0.0121',
    '22.7',
  ])
})

test('keys are unique also where names repeat', () => {
  expect(keyed(['A', 'B', 'A'], (name) => name).map(({ key }) => key)).toEqual(['A', 'B', 'A #2'])
})

test('the fix of a page is the released one, until a later attempt', () => {
  const [first, second] = [proven(), refused(2, 'no')]
  expect(newestFix([second, first], first.id)).toBe(second)
  expect(newestFix([refused(1, 'no'), proven({ attempt: 2 })], undefined)?.attempt).toBe(2)
  const [older, newer] = [proven(), proven({ id: '0000000000aa', createdAt: new Date(), tree: 'x' })]
  expect(newestFix([older, newer], older.id)).toBe(older)
  expect(newestFix([], undefined)).toBeNull()
})
