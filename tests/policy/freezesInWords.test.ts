import { expect, test } from 'vitest'
import { frozen, windowAt } from './freezes.ts'

const HOURS = '09:00–18:00 Europe/London, Mon–Fri'
const christmas = frozen('12-21/2027-01-03', 'Christmas')
const stocktaking = frozen('2027-01-02/2027-01-04T12:00')
const fair = frozen('2027-01-06/2027-01-06', 'The fair')
const why = (freezes: object[], now: string) => windowAt({ freezes }, now).why

test.each([
  [
    'inside',
    christmas,
    '12-25T12:00',
    `Frozen until Mon 2027-01-04 00:00: Christmas; production hours (${HOURS}) open Mon 2027-01-04 09:00.`,
  ],
  [
    'before',
    christmas,
    '12-18T20:00',
    `Outside production hours (${HOURS}); frozen from Mon 2026-12-21 00:00 until Mon 2027-01-04 00:00: Christmas; they open Mon 2027-01-04 09:00.`,
  ],
  ['open, before', christmas, '12-18T17:00', `Inside production hours (${HOURS}).`],
  ['behind', christmas, '2027-01-04T18:00', `Outside production hours (${HOURS}); they open Tue 2027-01-05 09:00.`],
  ['long before', christmas, '12-17T20:00', `Outside production hours (${HOURS}); they open Fri 2026-12-18 09:00.`],
  [
    'and another that decides',
    [...christmas, ...stocktaking, ...fair],
    '12-25T12:00',
    `Frozen until Mon 2027-01-04 00:00: Christmas; frozen from Sat 2027-01-02 00:00 until Mon 2027-01-04 12:00: Stocktaking; production hours (${HOURS}) open Mon 2027-01-04 12:00.`,
  ],
  [
    'in both',
    [...christmas, ...stocktaking],
    '2027-01-02T12:00',
    `Frozen until Mon 2027-01-04 12:00: Stocktaking; production hours (${HOURS}) open Mon 2027-01-04 12:00.`,
  ],
])('it names the freeze: %s', (_, freezes, now, sentence) => {
  expect(why(freezes, now)).toBe(sentence)
})

test('freezes that leave nothing for 400 days stop', () => {
  const until = (day: string) => windowAt({ freezes: frozen(`06-01/${day}`, 'A rewrite') }, '06-01T08:00')
  // 400 days later it is Tuesday 6 July 2027, 09:00: a freeze that is over by then is waited for.
  expect(until('2027-07-05').from).toEqual(new Date('2027-07-06T08:00Z'))
  const now = new Date('2026-06-01T08:00Z')
  const end = 'Wed 2027-07-07 00:00: A rewrite'
  const sentence = `Frozen until ${end}; production hours (${HOURS}) do not open within 400 days.`
  expect(until('2027-07-06')).toEqual({ open: false, from: now, until: now, why: sentence })
})
