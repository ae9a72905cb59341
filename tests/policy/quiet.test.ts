import { expect, test } from 'vitest'
import { QuietHours } from '../../lib/domain/notifySettings.ts'
import { quietAround } from '../../lib/policy/quiet.ts'

const NIGHT = { from: '22:00', to: '07:00' }
const said = (at: Date | null) => at?.toISOString().slice(5, 16) ?? null
const around = (hours: object, now: string, zone = 'Europe/London') => {
  const { until, next } = quietAround(QuietHours.parse(hours), zone, new Date(`2026-${now}Z`))
  return [said(until), said(next)]
}

test.each<[string, object, string, string | null, string]>([
  // In June London is an hour ahead of UTC; 2026-06-01 is a Monday.
  ['the last millisecond before', NIGHT, '06-01T20:59:59.999', null, '06-01T21:00'],
  ['as it begins', NIGHT, '06-01T21:00', '06-02T06:00', '06-02T21:00'],
  ['over midnight', NIGHT, '06-01T23:30', '06-02T06:00', '06-02T21:00'],
  ['its last millisecond', NIGHT, '06-02T05:59:59.999', '06-02T06:00', '06-02T21:00'],
  ['as it ends', NIGHT, '06-02T06:00', null, '06-02T21:00'],
  ['within a day', { from: '12:00', to: '13:30' }, '06-01T12:00', '06-01T12:30', '06-02T11:00'],
  ['from midnight', { from: '00:00', to: '06:00' }, '06-01T23:00', '06-02T05:00', '06-02T23:00'],
  ['to midnight', { from: '20:00', to: '00:00' }, '06-01T22:59', '06-01T23:00', '06-02T19:00'],
  ['the weekend, joined with its nights', { ...NIGHT, allDay: [6, 7] }, '06-06T12:00', '06-08T06:00', '06-08T21:00'],
  ['Friday evening before it', { ...NIGHT, allDay: [6, 7] }, '06-05T20:59', null, '06-05T21:00'],
  ['six days of seven', { ...NIGHT, allDay: [1, 2, 3, 4, 5, 6] }, '06-03T12:00', '06-07T06:00', '06-07T21:00'],
  // Clocks skip from one to two on 29 March.
  ['a night clocks shorten', NIGHT, '03-29T02:00', '03-29T06:00', '03-29T21:00'],
  ['beginning where they jump', { from: '01:30', to: '03:00' }, '03-29T01:00', '03-29T02:00', '03-30T00:30'],
  ['and a moment before, the next is tomorrow’s', { from: '01:10', to: '01:50' }, '03-29T00:59', null, '03-30T00:10'],
  ['wholly inside what they skip', { from: '01:10', to: '01:50' }, '03-29T01:00', null, '03-30T00:10'],
  // They show one to two twice on 25 October: quiet through.
  ['ending in what they show twice', { from: '22:00', to: '01:30' }, '10-25T00:45', '10-25T01:30', '10-25T22:00'],
  ['the second time, before its end', { from: '22:00', to: '01:30' }, '10-25T01:29:59', '10-25T01:30', '10-25T22:00'],
  ['and at it', { from: '22:00', to: '01:30' }, '10-25T01:30', null, '10-25T22:00'],
  ['inside what they show twice', { from: '01:10', to: '01:50' }, '10-25T01:05', '10-25T01:50', '10-26T01:10'],
])('%s', (_, hours, now, until, next) => {
  expect(around(hours, now)).toEqual([until, next])
})

test('in a zone nobody knows the wall is UTC’s', () => {
  expect(around(NIGHT, '06-01T22:00', 'Europe/Atlantis')[0]).toBe('06-02T07:00')
})

test.each([
  ['no time', { from: '24:00', to: '07:00' }],
  ['nothing', { from: '07:00', to: '07:00' }],
  ['every day', { ...NIGHT, allDay: [1, 2, 3, 4, 5, 6, 7] }],
  ['a severity that may wait', { ...NIGHT, wakes: 'P2' }],
  ['a day that is none', { ...NIGHT, allDay: [8] }],
  ['something else too', { ...NIGHT, zone: 'UTC' }],
])('%s is refused', (_, hours) => {
  expect(QuietHours.safeParse(hours).success).toBe(false)
})
