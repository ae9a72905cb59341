import { expect, test } from 'vitest'
import type { ReleaseFacts } from '../../lib/domain/release.ts'
import { moneyOf } from '../../lib/policy/reportCost.ts'
import { sinceOf } from '../../lib/policy/since.ts'
import { clinic, entered, noteOf, only, strand } from './reports.ts'
import { after, diagnosis, drafting, proven, refused } from './stages.ts'

const level1 = { project: clinic({ level: 1 }) }
const held = (facts: ReleaseFacts) =>
  only(strand({ diagnosis: diagnosis(), fixes: [proven(1)], release: entered('held', facts) }))
const refusedAt = (target: 'branch' | 'staging' | 'production') =>
  strand({
    fixes: [proven(1)],
    release: entered('promoting', { refused: { kind: 'merge', target, reason: 'r', why: [], asks: true } }),
  })

test.each([
  ['a proven fix at level 1', strand({ diagnosis: diagnosis(), fixes: [proven(1)] }), level1, 'staging'],
  ['a branch', refusedAt('branch'), {}, 'staging'],
  ['staging', refusedAt('staging'), {}, 'staging'],
  ['production', refusedAt('production'), {}, 'production'],
] as const)('%s is approved or rejected', (_, one, over, target) => {
  expect(only(one, over).todo).toEqual({
    what: 'approve',
    sentence: `Approve fix fix-1 up to ${target}, or reject it.`,
    commands: [`nightshift approve fix-1 --target ${target}`, 'nightshift reject fix-1 --why "…"', 'nightshift show 1'],
  })
})

test('a fix of an earlier release that relapsed is not the one to approve', () => {
  const relapsed = entered('relapsed')
  const again = proven(2, { id: 'fix-2', createdAt: after(25) })
  const one = strand({ fixes: [proven(1), again], release: relapsed, releases: [relapsed] })
  expect(only(one, level1).todo?.commands[0]).toBe('nightshift approve fix-2 --target staging')
})

test('what is out can be taken back; what is not out, only looked at', () => {
  const back = ['nightshift rollback 1 --why "…"', 'nightshift show 1']
  expect(held({ stagingSha: 's' }).todo).toMatchObject({ what: 'rollback', commands: back })
  expect(held({ mainSha: 'm' }).todo).toMatchObject({ what: 'rollback', commands: back })
  expect(held({ waiting: 'no', branchSha: 'b' }).todo).toMatchObject({
    what: 'look',
    commands: ['nightshift show 1'],
  })
  const stuck = entered('rolling-back', {
    mainSha: 'm',
    back: { kind: 'unhealthy', why: 'w', from: 'watching', lane: 'production', at: '', turn: 1 },
    refused: { kind: 'rollback', target: 'production', reason: 'paused', why: [], asks: true },
  })
  expect(only(strand({ fixes: [proven(1)], release: stuck })).todo).toMatchObject({ what: 'rollback', commands: back })
})

test('a diagnosis without a change of code is looked at', () => {
  for (const remedy of ['rollback', 'flag-off', 'needs-person'] as const)
    expect(only(strand({ diagnosis: diagnosis({ remedy }) })).todo?.what).toBe('look')
})

test('every attempt that came back is told with its reason, in order, and no other', () => {
  const relapsed = entered('relapsed', { cure: { sentence: '9 expected, 1 seen: it is back' } as never })
  const taken = proven(2, { id: 'f2', withdrawn: true, withdrawnWhy: 'slower' })
  const nameless = proven(3, { id: 'f3', withdrawn: true })
  const fixes = [drafting(3), nameless, taken, proven(1), refused(1, 'red')]
  expect(only(strand({ fixes, releases: [relapsed], release: relapsed })).attempts).toEqual([
    { attempt: 1, how: 'relapsed', why: '9 expected, 1 seen: it is back' },
    { attempt: 1, how: 'refused', why: 'red' },
    { attempt: 2, how: 'taken back', why: 'slower' },
    { attempt: 3, how: 'taken back', why: 'no reason was recorded' },
  ])
})

test('money is what was paid since; nothing called is nothing paid', () => {
  expect(moneyOf([], after(0))).toEqual({ usd: 0, calls: 0 })
  const paid = [1, 10, 20].map((minutes) => ({ at: after(minutes), usd: 0.25 }))
  expect(moneyOf(paid, after(10))).toEqual({ usd: 0.5, calls: 2 })
  expect(noteOf([], { spent: paid }).cost.money).toEqual({ usd: 0.75, calls: 3 })
})

test('time is the proofs, probes and promotions since', () => {
  const measured = (attempt: 1 | 2, minutes: number, ms: number) =>
    ({ ...refused(attempt), createdAt: after(minutes), proof: { ms } }) as never
  const window = (minutes: number, sent: number) => ({ since: after(minutes).toISOString(), probes: { sent } }) as never
  const first = entered('rolled-back', { soak: window(5, 60), watch: window(12, 7) })
  const second = entered('watching', { soak: window(15, 30), watch: window(18, 2) })
  const fixes = [measured(1, 5, 9000), measured(2, 12, 41_200), refused(3), drafting(3)]
  const { cost } = noteOf([strand({ fixes, releases: [first, second], release: second })], {
    since: after(10),
    promotedToday: 3,
  })
  expect(cost).toMatchObject({ proofs: { n: 1, seconds: 41 }, probes: 39, promotions: { today: 3, cap: 10 } })
})

const now = new Date('2026-07-28T06:00:00Z')
test.each([
  [null, '2026-07-27T06:00:00.000Z'],
  ['24h', '2026-07-27T06:00:00.000Z'],
  ['2d', '2026-07-26T06:00:00.000Z'],
  ['2026-07-27T18:00', '2026-07-27T17:00:00.000Z'],
  ['2026-07-27T18:00:30', '2026-07-27T17:00:30.000Z'],
  ['2026-07-27T18:00Z', '2026-07-27T18:00:00.000Z'],
  ['2026-07-27T18:00:00.000Z', '2026-07-27T18:00:00.000Z'],
  ['2026-07-27T18:00+02:00', '2026-07-27T16:00:00.000Z'],
  ['2026-07-27', '2026-07-26T23:00:00.000Z'],
])('since %s is %s', (text, at) => {
  expect(sinceOf(text, 'Europe/London', now)).toEqual({ ok: true, at: new Date(at) })
})

test.each([
  ['', 'Since when?'],
  ['0h', 'Since when?'],
  ['-3h', 'Since when?'],
  ['yesterday', 'Since when?'],
  ['2026-02-30', 'Since when?'],
  ['2026-07-27T25:00', 'Since when?'],
  ['2026-07-27T18:00+99:00', 'Since when?'],
  ['2026-07-29', 'not happened yet'],
  ['2020-01-01', 'more than a year ago'],
  ['9999d', 'more than a year ago'],
])('since %j is refused: %s', (text, why) => {
  expect(sinceOf(text, 'Europe/London', now)).toEqual({ ok: false, why: expect.stringContaining(why) })
})

test('a zone nobody knows is read as UTC', () => {
  expect(sinceOf('2026-07-27T18:00', 'Mars/Olympus', now)).toEqual({ ok: true, at: new Date('2026-07-27T18:00:00Z') })
})
