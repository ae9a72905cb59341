import { expect, test } from 'vitest'
import { type LevelRecord, mayRaise } from '../../lib/policy/levelUp.ts'

const now = new Date('2026-07-01T12:00:00Z')
const DAY = 86_400_000
const ago = (days: number, ms = 0) => new Date(now.getTime() - days * DAY + ms)
const level = (at: Date, value: number) => ({ at, level: value })
const end = (at: Date, state: LevelRecord['ends'][number]['state'] = 'cured', rejected = false) => ({
  at,
  state,
  rejected,
})
/** One on each of the last n days. */
const cured = (n: number) => Array.from({ length: n }, (_, day) => end(ago(n - day)))

const earned: LevelRecord = { levels: [level(ago(60), 1), level(ago(30), 2)], ends: cured(10), chain: 'holds' }
const asked = (over: Partial<LevelRecord>) => {
  const { answer, reasons } = mayRaise({ ...earned, ...over }, now)
  return [answer, ...reasons]
}
/** The ends in order, with ten cured among them. */
const with10 = (...more: LevelRecord['ends']) => ({
  ends: [...cured(10), ...more].sort((a, b) => a.at.getTime() - b.at.getTime()),
})

test('thirty days at level 2 with ten cured are enough, and it says so', () => {
  expect(asked({})).toEqual(['may', '30 days at level 2, 10 cured, none relapsed or rolled back.'])
})

test.each<[string, LevelRecord['levels'], number]>([
  ['registered at level 2', [level(ago(31), 2)], 31],
  ['set to 2 while it was 2', [level(ago(40), 2), level(ago(5), 2)], 40],
  ['an old visit to level 3', [level(ago(90), 2), level(ago(70), 3), level(ago(35), 2)], 35],
])('may: %s', (_, levels, days) => {
  expect(asked({ levels })).toEqual(['may', expect.stringContaining(`${days} days at level 2`)])
})

test.each<[string, LevelRecord['levels'], number]>([
  ['a millisecond short', [level(ago(30, 1), 2)], 29],
  ['a day short', [level(ago(29), 2)], 29],
  ['twelve days', [level(ago(60), 1), level(ago(12), 2)], 12],
  ['down to 1 for a second', [level(ago(60), 2), level(ago(20), 1), level(ago(20, 1000), 2)], 19],
  ['down to 1 in the same millisecond', [level(ago(60), 2), level(ago(20), 1), level(ago(20), 2)], 20],
  ['raised to 3 and back', [level(ago(60), 2), level(ago(20), 3), level(ago(10), 2)], 10],
  ['at level 1 now', [level(ago(60), 2), level(ago(0), 1)], 0],
  ['at level 3 now', [level(ago(60), 2), level(ago(10), 3)], 0],
  ['since this very moment', [level(ago(0), 2)], 0],
  ['never at level 2', [level(ago(60), 1)], 0],
  ['a level nobody defined', [level(ago(60), 2), level(ago(9), 2.5), level(ago(8), Number.NaN)], 0],
  ['no rows', [], 0],
])('may not, days: %s', (_, levels, days) => {
  expect(asked({ levels })).toEqual(['may-not', `${days} of 30 days at level 2.`])
})

test.each<[string, Partial<LevelRecord>, string]>([
  ['nine cured', { ends: cured(9) }, '9 of 10 cured in the last 30 days.'],
  ['none', { ends: [] }, '0 of 10 cured in the last 30 days.'],
  ['one too long ago', { ends: [end(ago(30, -1)), ...cured(9)] }, '9 of 10 cured in the last 30 days.'],
  ['unexposed is not cured', { ends: [end(ago(20), 'unexposed'), ...cured(9)] }, '9 of 10 cured in the last 30 days.'],
  ['relapsed', with10(end(ago(3, 5), 'relapsed')), '1 relapsed on 2026-06-28.'],
  ['relapsed, to the millisecond 30 days ago', with10(end(ago(30), 'relapsed')), '1 relapsed on 2026-06-01.'],
  ['rolled back', with10(end(ago(3, 5), 'rolled-back')), '1 rolled back on 2026-06-28.'],
  [
    'rolled back twice',
    with10(end(ago(9, 5), 'rolled-back'), end(ago(3, 5), 'rolled-back')),
    '2 rolled back, the last on 2026-06-28.',
  ],
  ['a relapse is no rejection', with10(end(ago(3, 5), 'relapsed', true)), '1 relapsed on 2026-06-28.'],
  ['still on its way', with10(end(ago(3, 5), 'watching')), '1 watching on 2026-06-28.'],
  ['broken', { chain: 'broken' }, 'The audit’s chain is broken.'],
  ['unknown', { chain: 'unknown' }, 'The audit’s chain was not verified.'],
])('may not: %s', (_, over, reason) => {
  expect(asked(over)).toEqual(['may-not', reason])
})

test.each<[string, LevelRecord['ends']]>([
  ['rejected by a person before production', [end(ago(3, 5), 'rolled-back', true)]],
  ['rolled back a millisecond more than 30 days ago', [end(ago(30, -1), 'rolled-back')]],
  ['held, and not exposed yet', [end(ago(3, 5), 'held'), end(ago(2, 5), 'unexposed')]],
  ['cured this very moment', [end(ago(0))]],
])('may, although: %s', (_, more) => {
  expect(asked(with10(...more))[0]).toBe('may')
})

const noDate = new Date(Number.NaN)
test.each<[string, Partial<LevelRecord>, string]>([
  ['levels out of order', { levels: [level(ago(30), 2), level(ago(60), 1)] }, 'out of order'],
  ['ends out of order', { ends: cured(10).reverse() }, 'out of order'],
  ['a level from the future', { levels: [...earned.levels, level(ago(0, 1), 2)] }, 'future'],
  ['an end from the future', { ends: [...cured(10), end(ago(0, 1))] }, 'future'],
  ['a level without a date', { levels: [level(noDate, 2)] }, 'without a date'],
  ['an end without a date', { ends: [end(noDate), ...cured(10)] }, 'without a date'],
  ['a level twice', { levels: [level(ago(30), 2), level(ago(30), 2)] }, 'same row twice'],
  ['an end twice', { ends: [...cured(10), cured(1)[0]!] }, 'same row twice'],
])('a record that proves nothing: %s', (_, over, reason) => {
  expect(asked(over)).toEqual(['may-not', expect.stringContaining(reason)])
})

test('an unsure clock proves nothing either', () => {
  expect(mayRaise(earned, noDate).answer).toBe('may-not')
  expect(mayRaise({ levels: [], ends: [], chain: 'holds' }, noDate).answer).toBe('may-not')
})

test('everything that is missing is said', () => {
  const poor = {
    levels: [level(ago(12), 2)],
    ends: [end(ago(5), 'rolled-back'), ...cured(2)],
    chain: 'unknown' as const,
  }
  expect(asked(poor)).toEqual([
    'may-not',
    'The audit’s chain was not verified.',
    '12 of 30 days at level 2.',
    '2 of 10 cured in the last 30 days.',
    '1 rolled back on 2026-06-26.',
  ])
})
