import { expect, test } from 'vitest'
import { hoursWindow } from '../../lib/policy/hours.ts'

const london = { zone: 'Europe/London', from: 9, to: 18, days: [1, 2, 3, 4, 5], freezes: [] }
const at = (iso: string) => new Date(iso)
const window = (hours: typeof london, iso: string) => {
  const { open, from, until } = hoursWindow(hours, at(iso))
  return { open, from: from.toISOString().slice(0, 16), until: until.toISOString().slice(0, 16) }
}

test.each([
  // In June London is an hour ahead of UTC; 2026-06-01 is a Monday.
  ['before', '2026-06-01T07:59:59.999Z', false, '2026-06-01T08:00', '2026-06-01T17:00'],
  ['at nine', '2026-06-01T08:00:00.000Z', true, '2026-06-01T08:00', '2026-06-01T17:00'],
  ['the last millisecond', '2026-06-01T16:59:59.999Z', true, '2026-06-01T08:00', '2026-06-01T17:00'],
  ['at six', '2026-06-01T17:00:00.000Z', false, '2026-06-02T08:00', '2026-06-02T17:00'],
  ['Friday evening', '2026-06-05T20:00:00Z', false, '2026-06-08T08:00', '2026-06-08T17:00'],
  ['Saturday noon', '2026-06-06T11:00:00Z', false, '2026-06-08T08:00', '2026-06-08T17:00'],
  ['Sunday, 23:59:59.999', '2026-06-07T22:59:59.999Z', false, '2026-06-08T08:00', '2026-06-08T17:00'],
  ['winter, an hour later in UTC', '2026-12-01T08:59:59.999Z', false, '2026-12-01T09:00', '2026-12-01T18:00'],
  ['the weekend clocks go forward', '2026-03-27T19:00:00Z', false, '2026-03-30T08:00', '2026-03-30T17:00'],
  ['the weekend clocks go back', '2026-10-23T19:00:00Z', false, '2026-10-26T09:00', '2026-10-26T18:00'],
])('London: %s', (_, now, open, from, until) => {
  expect(window(london, now)).toEqual({ open, from, until })
})

/** `9-18 12345`: hours, then days from Monday. */
const hoursOf = (zone: string, text: string) => {
  const [from = 0, to = 0, days = 0] = text.split(/[- ]/).map(Number)
  return { zone, from, to, days: [...String(days)].map(Number), freezes: [] }
}

test.each([
  ['America/New_York', '9-18 1', '2026-06-01T12:59:59Z', false, '06-01T13:00', '06-01T22:00'],
  ['Asia/Kolkata', '9-18 1', '2026-06-01T04:00Z', true, '06-01T03:30', '06-01T12:30'],
  ['Pacific/Kiritimati', '9-18 1', '2026-05-31T19:00Z', true, '05-31T19:00', '06-01T04:00'],
  // Clocks skip from one to two on 29 March, and show one to two twice on 25 October.
  ['Europe/London', '1-3 7', '2026-03-29T00:30Z', false, '03-29T01:00', '03-29T02:00'],
  ['Europe/London', '1-2 7', '2026-03-29T00:30Z', false, '04-05T00:00', '04-05T01:00'],
  ['Europe/London', '1-2 7', '2026-10-25T01:30Z', true, '10-25T00:00', '10-25T02:00'],
  ['Europe/London', '20-24 1', '2026-06-01T22:59:59.999Z', true, '06-01T19:00', '06-01T23:00'],
  ['Europe/London', '9-18 1', '2026-06-01T17:00Z', false, '06-08T08:00', '06-08T17:00'],
  // Troll skips two hours, from one to three: an opening at two begins at the change.
  ['Antarctica/Troll', '2-4 7', '2026-03-29T00:30Z', false, '03-29T01:00', '03-29T02:00'],
  // Two days that touch at midnight are one interval.
  ['Europe/London', '0-24 56', '2026-06-05T12:00Z', true, '06-04T23:00', '06-06T23:00'],
  ['Europe/London', '0-24 56', '2026-06-05T23:00:30Z', true, '06-04T23:00', '06-06T23:00'],
])('%s, %s, at %s', (zone, text, now, open, from, until) => {
  expect(window(hoursOf(zone, text), now)).toEqual({ open, from: `2026-${from}`, until: `2026-${until}` })
})

test('from 0 to 24 on all days is always open, also over midnight and clock changes', () => {
  const always = { ...london, from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] }
  for (const now of ['2026-06-01T22:59:59.999Z', '2026-06-01T23:00Z', '2026-03-29T01:00Z', '2026-10-25T01:00Z']) {
    const answer = hoursWindow(always, at(now))
    expect(answer.open).toBe(true)
    expect(answer.until.getTime() - at(now).getTime()).toBeGreaterThan(86_400_000)
  }
})

test.each([
  ['no days', { ...london, days: [] }, 'name no open time'],
  ['an empty day', { ...london, from: 9, to: 9 }, 'name no open time'],
  ['the wrong way round', { ...london, from: 18, to: 9 }, 'name no open time'],
  ['no number', { ...london, from: Number.NaN }, 'name no open time'],
  ['days that do not exist', { ...london, days: [8, 0] }, 'name no open time'],
  ['a zone nobody knows', { ...london, zone: 'Europe/Atlantis' }, 'time zone'],
  ['no zone', { ...london, zone: '' }, 'time zone'],
  ['an offset, which is no zone', { ...london, zone: '+01:00' }, 'time zone'],
])('never open: %s', (_, hours, why) => {
  const now = at('2026-06-01T10:00Z')
  const answer = hoursWindow(hours, now)
  expect(answer).toMatchObject({ open: false, from: now, until: now })
  expect(answer.why).toContain(why)
})

test('it says the hours, and when they open', () => {
  expect(hoursWindow(london, at('2026-06-01T10:00Z')).why).toBe(
    'Inside production hours (09:00–18:00 Europe/London, Mon–Fri).',
  )
  expect(hoursWindow({ ...london, days: [5, 1, 3] }, at('2026-06-05T20:00Z')).why).toBe(
    'Outside production hours (09:00–18:00 Europe/London, Mon, Wed, Fri); they open Mon 2026-06-08 09:00.',
  )
})

/** Independent of the code under test: the hour and day of the wall clock, asked of Intl for every instant. */
function openByTheWall({ zone, from, to, days }: typeof london, now: Date): boolean {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    hourCycle: 'h23',
    weekday: 'short',
  })
  const parts = Object.fromEntries(format.formatToParts(now).map((part) => [part.type, part.value]))
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '') + 1
  return days.includes(day) && Number(parts.hour) >= from && Number(parts.hour) < to
}

test.each([
  ['Europe/London', ['03-28', '10-24']],
  ['America/New_York', ['03-07', '10-31']],
  ['America/Havana', ['03-07', '10-31']],
  ['Australia/Lord_Howe', ['04-04', '10-03']],
  ['Africa/Cairo', ['04-23', '10-29']],
  ['Asia/Kathmandu', ['12-30']],
])('%s agrees with the wall clock around its changes', (zone, days) => {
  const hours = [london, { ...london, from: 0, to: 2, days: [6, 7] }, { ...london, from: 1, to: 3, days: [5, 7] }]
  const wrong: string[] = []
  for (const day of days) {
    for (let t = Date.parse(`2026-${day}T00:00Z`), n = 0; n < 144; n++, t += 25 * 60_000) {
      const now = new Date(t)
      const odd = hours.filter(
        (one) => hoursWindow({ ...one, zone }, now).open !== openByTheWall({ ...one, zone }, now),
      )
      if (odd.length > 0) wrong.push(now.toISOString())
    }
  }
  expect(wrong).toEqual([])
})
