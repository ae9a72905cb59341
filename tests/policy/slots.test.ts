import { expect, test } from 'vitest'
import { lastSlot, mondayOf, nextSlot, type Slot } from '../../lib/policy/slots.ts'

const EVERY = [1, 2, 3, 4, 5, 6, 7]
const WORK = [1, 2, 3, 4, 5]
const said = (slot: Slot | null) => (slot ? `${slot.day} ${slot.at.toISOString().slice(0, 16)}` : null)

test.each<[string, string, string, number[], string, string, string]>([
  // In June nine in London is 08:00Z; 2026-06-01 is a Monday.
  ['before nine', 'Europe/London', '09:00', WORK, '2026-06-02T07:59:59.999Z', '06-01 06-01T08:00', '06-02 06-02T08:00'],
  ['at nine', 'Europe/London', '09:00', WORK, '2026-06-02T08:00Z', '06-02 06-02T08:00', '06-02 06-02T08:00'],
  ['after nine', 'Europe/London', '09:00', WORK, '2026-06-02T08:00:00.001Z', '06-02 06-02T08:00', '06-03 06-03T08:00'],
  ['Saturday', 'Europe/London', '09:00', WORK, '2026-06-06T12:00Z', '06-05 06-05T08:00', '06-08 06-08T08:00'],
  ['Monday at eight', 'Europe/London', '09:00', WORK, '2026-06-08T07:00Z', '06-05 06-05T08:00', '06-08 06-08T08:00'],
  ['winter', 'Europe/London', '09:00', WORK, '2026-12-01T08:30Z', '11-30 11-30T09:00', '12-01 12-01T09:00'],
  [
    'one day a week, a week ahead',
    'UTC',
    '09:00',
    [1],
    '2026-06-01T09:00:01Z',
    '06-01 06-01T09:00',
    '06-08 06-08T09:00',
  ],
  // London's clocks skip from one to two on 29 March: half past one is when they do.
  [
    'skipped, before',
    'Europe/London',
    '01:30',
    EVERY,
    '2026-03-29T00:59:59.999Z',
    '03-28 03-28T01:30',
    '03-29 03-29T01:00',
  ],
  ['skipped, at', 'Europe/London', '01:30', EVERY, '2026-03-29T01:00Z', '03-29 03-29T01:00', '03-29 03-29T01:00'],
  ['skipped, after', 'Europe/London', '01:30', EVERY, '2026-03-29T01:30Z', '03-29 03-29T01:00', '03-30 03-30T00:30'],
  // They show half past one twice on 25 October: the first time is the slot, and the second is none.
  ['twice, first', 'Europe/London', '01:30', EVERY, '2026-10-25T00:30Z', '10-25 10-25T00:30', '10-25 10-25T00:30'],
  [
    'twice, between',
    'Europe/London',
    '01:30',
    EVERY,
    '2026-10-25T00:30:00.001Z',
    '10-25 10-25T00:30',
    '10-26 10-26T01:30',
  ],
  ['twice, second', 'Europe/London', '01:30', EVERY, '2026-10-25T01:30Z', '10-25 10-25T00:30', '10-26 10-26T01:30'],
  // Cairo skips the hour after midnight: that day begins at one.
  ['midnight skipped', 'Africa/Cairo', '00:00', EVERY, '2026-04-24T00:00Z', '04-24 04-23T22:00', '04-25 04-24T21:00'],
  [
    'ahead of UTC by half hours',
    'Asia/Kathmandu',
    '09:00',
    WORK,
    '2026-06-01T03:15Z',
    '06-01 06-01T03:15',
    '06-01 06-01T03:15',
  ],
  [
    'a zone nobody knows is UTC',
    'Europe/Atlantis',
    '09:00',
    EVERY,
    '2026-06-01T09:30Z',
    '06-01 06-01T09:00',
    '06-02 06-02T09:00',
  ],
])('%s', (_, zone, at, days, now, last, next) => {
  const schedule = { zone, at, days }
  const year = (text: string) => text.replaceAll(/(^| )(?=\d\d-)/g, '$12026-')
  expect(said(lastSlot(schedule, new Date(now)))).toBe(year(last))
  expect(said(nextSlot(schedule, new Date(now)))).toBe(year(next))
})

test('a day the wall never shows has no slot: Samoa went from the 29th to the 31st', () => {
  const schedule = { zone: 'Pacific/Apia', at: '09:00', days: EVERY }
  // 30 December 2011 began and ended at 10:00Z.
  expect(said(lastSlot(schedule, new Date('2011-12-30T10:00Z')))).toBe('2011-12-29 2011-12-29T19:00')
  expect(said(nextSlot(schedule, new Date('2011-12-29T19:00:01Z')))).toBe('2011-12-31 2011-12-30T19:00')
})

test('walked over a change of clocks, each day has exactly one slot', () => {
  for (const zone of ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo', 'Antarctica/Troll'])
    for (const [from, at] of [
      ['2026-03-05T00:00Z', '01:30'],
      ['2026-03-27T00:00Z', '02:15'],
      ['2026-04-02T00:00Z', '01:45'],
      ['2026-04-22T00:00Z', '00:30'],
      ['2026-10-22T00:00Z', '01:30'],
      ['2026-10-29T00:00Z', '01:00'],
    ] as const) {
      const seen = new Map<string, number>()
      for (let minute = 0; minute < 6 * 1440; minute += 15) {
        const slot = lastSlot({ zone, at, days: EVERY }, new Date(Date.parse(from) + minute * 60_000))!
        const known = seen.get(slot.day)
        expect(known ?? slot.at.getTime()).toBe(slot.at.getTime())
        seen.set(slot.day, slot.at.getTime())
      }
      const days = [...seen.keys()]
      expect(days).toEqual(days.toSorted())
      expect(days.length).toBeGreaterThanOrEqual(6)
      for (const [i, day] of days.slice(1).entries()) expect(Date.parse(day) - Date.parse(days[i]!)).toBe(86_400_000)
    }
})

test.each([
  ['2026-06-01', '2026-06-01'],
  ['2026-06-07', '2026-06-01'],
  ['2026-06-08', '2026-06-08'],
  ['2027-01-01', '2026-12-28'],
])('%s is in the week of %s', (day, monday) => {
  expect(mondayOf(day)).toBe(monday)
})
