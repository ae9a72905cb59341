import { expect, test } from 'vitest'
import { Policy } from '../../lib/domain/project.ts'
import { hoursWindow } from '../../lib/policy/hours.ts'

const hours = { zone: 'Europe/London', from: 9, to: 18, days: [1, 2, 3, 4, 5], freezes: [] }

test('an empty policy has the design’s numbers', () => {
  expect(Policy.parse({})).toEqual({
    hours,
    soakSeconds: 600,
    watchSeconds: 1800,
    probes: 60,
    approvalHours: 72,
    protect: [],
    spend: { issue: 5, day: 20, month: 100 },
  })
})

test.each([0, 0.5, 100_000])('a cap on spending may be $%s', (day) => {
  expect(Policy.parse({ spend: { day } }).spend).toEqual({ issue: 5, day, month: 100 })
})

test.each([-1, 100_001, Number.NaN, Infinity, '5', null])('a cap on spending may not be %j', (day) => {
  expect(Policy.safeParse({ spend: { day } }).success).toBe(false)
})

test.each<[string, object, object]>([
  [
    'no freezes, as policies were before there were any',
    { zone: 'Europe/London', from: 0, to: 24, days: [7] },
    { from: 0, to: 24, days: [7] },
  ],
  ['the zone alone', { zone: 'Asia/Kathmandu' }, { zone: 'Asia/Kathmandu' }],
  ['one end', { to: 12 }, { to: 12 }],
])('hours in part: %s', (_, part, over) => {
  expect(Policy.parse({ hours: part }).hours).toEqual({ ...hours, ...over })
})

test.each([1, 72, 720])('approvals may hold %i hours', (approvalHours) => {
  expect(Policy.parse({ approvalHours }).approvalHours).toBe(approvalHours)
})

test.each([0, 721, -1, 1.5, '72', null])('approvals may not hold %j hours', (approvalHours) => {
  expect(Policy.safeParse({ approvalHours }).success).toBe(false)
})

test('an approval of Friday evening lives until Monday’s hours, also when clocks go back', () => {
  const { approvalHours, hours } = Policy.parse({})
  for (const friday of ['2026-06-05T16:59:59.999Z', '2026-10-23T16:59:59.999Z', '2026-03-27T17:59:59.999Z']) {
    const at = new Date(friday)
    const monday = hoursWindow(hours, new Date(at.getTime() + 1))
    expect(monday.from.getTime()).toBeLessThan(at.getTime() + approvalHours * 3_600_000)
  }
})

const freezes = (from: unknown, until: unknown, why: unknown = 'Christmas') => ({
  hours: { freezes: [{ from, until, why }] },
})

test.each([
  ['2026-12-24', '2026-12-24'],
  ['2026-12-24', '2026-12-24T00:01'],
  ['2026-12-24T23:59', '2026-12-24'],
  ['2028-02-29', '2028-02-29T12:00'],
  ['2026-12-24T00:00', '2027-01-01'],
])('a freeze from %s until %s', (from, until) => {
  expect(Policy.parse(freezes(from, until)).hours.freezes).toEqual([{ from, until, why: 'Christmas' }])
})

test.each([
  ['2026-12-24', '2026-12-23'],
  ['2026-12-24', '2026-12-24T00:00'],
  ['2026-12-24T12:00', '2026-12-24T12:00'],
  ['2026-12-24T12:01', '2026-12-24T12:00'],
  ['2027-02-29', '2027-03-02'],
  ['2026-02-30', '2026-03-02'],
  ['2026-13-01', '2027-02-01'],
  ['2026-00-10', '2026-02-01'],
  ['2026-12-24T24:00', '2026-12-26'],
  ['2026-12-24T25:00', '2026-12-26'],
  ['2026-12-24T10:60', '2026-12-26'],
  ['2026-12-24T10:00:00', '2026-12-26'],
  ['2026-12-24T10:00Z', '2026-12-26'],
  ['2026-12-24 10:00', '2026-12-26'],
  ['2026-12-24T10', '2026-12-26'],
  ['2026-12-4', '2026-12-26'],
  [' 2026-12-24', '2026-12-26'],
  ['2026-12-24\n', '2026-12-26'],
  ['24/12/2026', '2026-12-26'],
  ['1026-12-24', '2026-12-26'],
  ['2026-12-24', '9999-12-31'],
  ['2026-12-24', null],
  [20261224, '2026-12-26'],
])('no freeze from %j until %j', (from, until) => {
  expect(Policy.safeParse(freezes(from, until)).success).toBe(false)
})

test.each(['', ' ', 'a\nb', 'a\u0000', 'x'.repeat(201), null, 7])('no freeze for %j', (why) => {
  expect(Policy.safeParse(freezes('2026-12-24', '2026-12-24', why)).success).toBe(false)
})

test('fifty freezes, and not one more, and no field nobody knows', () => {
  const one = { from: '2026-12-24', until: '2026-12-24', why: 'x'.repeat(200) }
  expect(Policy.safeParse({ hours: { freezes: Array(50).fill(one) } }).success).toBe(true)
  expect(Policy.safeParse({ hours: { freezes: Array(51).fill(one) } }).success).toBe(false)
  expect(Policy.safeParse({ hours: { freezes: [{ ...one, except: 'me' }] } }).success).toBe(false)
})
