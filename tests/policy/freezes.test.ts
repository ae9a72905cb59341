import { expect, test } from 'vitest'
import { frozen, seen } from './freezes.ts'

test.each([
  // Nine to six in London; in June 08:00Z to 17:00Z. 2026-06-01 is a Monday.
  ['the middle, before it opens', '06-01T12:00/06-01T15:00', '06-01T07:59:59.999', 'shut 06-01T08:00 06-01T11:00'],
  ['the middle, before', '06-01T12:00/06-01T15:00', '06-01T10:59:59.999', 'open 06-01T08:00 06-01T11:00'],
  ['the middle, as it begins', '06-01T12:00/06-01T15:00', '06-01T11:00', 'shut 06-01T14:00 06-01T17:00'],
  ['the middle, at the last', '06-01T12:00/06-01T15:00', '06-01T13:59:59.999', 'shut 06-01T14:00 06-01T17:00'],
  ['the middle, as it ends', '06-01T12:00/06-01T15:00', '06-01T14:00', 'open 06-01T14:00 06-01T17:00'],
  ['the first half', '06-01T09:00/06-01T13:00', '06-01T08:00', 'shut 06-01T12:00 06-01T17:00'],
  ['the second half', '06-01T13:00/06-01T18:00', '06-01T12:00', 'shut 06-02T08:00 06-02T17:00'],
  ['exactly all of it', '06-01T09:00/06-01T18:00', '06-01T08:00', 'shut 06-02T08:00 06-02T17:00'],
  ['all but the first minute', '06-01T09:01/06-01T18:00', '06-01T08:00', 'open 06-01T08:00 06-01T08:01'],
  ['all but the last minute', '06-01T09:00/06-01T17:59', '06-01T08:00', 'shut 06-01T16:59 06-01T17:00'],
  ['the night before', '05-31T18:00/06-01T09:00', '06-01T08:00', 'open 06-01T08:00 06-01T17:00'],
  ['the night after', '06-01T18:00/06-02T09:00', '06-01T16:59:59.999', 'open 06-01T08:00 06-01T17:00'],
  ['a day, the evening before', '06-02/06-02', '06-01T17:00', 'shut 06-03T08:00 06-03T17:00'],
  ['a day, its first millisecond', '06-02/06-02', '06-01T23:00', 'shut 06-03T08:00 06-03T17:00'],
  ['a day, its last millisecond', '06-02/06-02', '06-02T22:59:59.999', 'shut 06-03T08:00 06-03T17:00'],
  ['a day that is over', '06-02/06-02', '06-03T08:00', 'open 06-03T08:00 06-03T17:00'],
  ['noon to the end of the day', '06-01T12:00/06-01', '06-01T12:00', 'shut 06-02T08:00 06-02T17:00'],
  ['an afternoon to a morning', '06-01T15:00/06-02T11:00', '06-01T14:00', 'shut 06-02T10:00 06-02T17:00'],
  ['two days that touch', '06-01/06-01 06-02/06-02', '06-01T08:00', 'shut 06-03T08:00 06-03T17:00'],
  ['two days with one between', '06-01/06-01 06-03/06-03', '06-01T08:00', 'shut 06-02T08:00 06-02T17:00'],
  ['the same twice', '06-01/06-01 06-01/06-01', '06-01T08:00', 'shut 06-02T08:00 06-02T17:00'],
  ['five weeks of Christmas', '12-21/2027-01-24', '12-20T12:00', 'shut 2027-01-25T09:00 2027-01-25T18:00'],
  ['two weekdays of each week', '06-01/06-02 06-08/06-09', '06-05T17:00', 'shut 06-10T08:00 06-10T17:00'],
])('a freeze: %s', (_, freezes, now, answer) => {
  expect(seen({ freezes: frozen(freezes) }, now)).toBe(answer)
})

test.each([
  // All inside one opening: ten, noon, and so on, on Monday in London; an hour less in UTC.
  ['overlapping', 'T10:00/T13:00 T12:00/T15:00', 'T09:00', 'shut 06-01T14:00 06-01T17:00'],
  ['touching', 'T10:00/T13:00 T13:00/T15:00', 'T11:59', 'shut 06-01T14:00 06-01T17:00'],
  ['a minute between', 'T10:00/T13:00 T13:01/T15:00', 'T11:00', 'shut 06-01T12:00 06-01T12:01'],
  ['in that minute', 'T10:00/T13:00 T13:01/T15:00', 'T12:00:59.999', 'open 06-01T12:00 06-01T12:01'],
  ['behind it', 'T10:00/T13:00 T13:01/T15:00', 'T12:01', 'shut 06-01T14:00 06-01T17:00'],
  ['the later one first', 'T13:01/T15:00 T10:00/T13:00', 'T11:00', 'shut 06-01T12:00 06-01T12:01'],
  ['one inside another', 'T10:00/T16:00 T11:00/T12:00', 'T11:00', 'shut 06-01T15:00 06-01T17:00'],
  ['to its end, in two', 'T12:00/T15:00 T15:00/T19:00', 'T11:00', 'shut 06-02T08:00 06-02T17:00'],
])('two freezes of an opening: %s', (_, freezes, now, answer) => {
  expect(seen({ freezes: frozen(freezes.replaceAll('T', '06-01T')) }, `06-01${now}`)).toBe(answer)
})

test.each([
  // London skips one to two on 29 March, at 01:00Z.
  ['into a skipped hour', '03-29T00:30/03-29T01:30', '03-29T00:30', 'shut 03-29T01:00 03-29T03:00'],
  ['within a skipped hour', '03-29T01:15/03-29T01:45', '03-29T00:59', 'open 03-29T00:00 03-29T03:00'],
  ['out of a skipped hour', '03-29T01:30/03-29T02:30', '03-29T01:00', 'shut 03-29T01:30 03-29T03:00'],
  ['up to a skipped hour', '03-29T00:15/03-29T01:00', '03-29T00:15', 'shut 03-29T01:00 03-29T03:00'],
  // It shows one to two twice on 25 October, from 00:00Z and from 01:00Z.
  ['into a doubled hour', '10-25T00:30/10-25T01:15', '10-24T23:30', 'shut 10-25T01:15 10-25T04:00'],
  ['within a doubled hour, before', '10-25T01:15/10-25T01:45', '10-25T00:14', 'open 10-24T23:00 10-25T00:15'],
  ['within a doubled hour, between', '10-25T01:15/10-25T01:45', '10-25T00:50', 'shut 10-25T01:45 10-25T04:00'],
  ['out of a doubled hour', '10-25T01:30/10-25T02:30', '10-25T00:30', 'shut 10-25T02:30 10-25T04:00'],
  ['up to a doubled hour', '10-25T00:30/10-25T01:00', '10-24T23:30', 'shut 10-25T00:00 10-25T04:00'],
  ['behind a doubled hour', '10-25T02:00/10-25T03:00', '10-25T01:59', 'open 10-24T23:00 10-25T02:00'],
])('a freeze when clocks change: %s', (_, freezes, now, answer) => {
  expect(seen({ from: 0, to: 4, days: [7], freezes: frozen(freezes) }, now)).toBe(answer)
})

test.each([
  // Havana goes back from one to midnight on 1 November: Saturday is over at the first midnight, 04:00Z.
  ['America/Havana', [7], '10-31/10-31', '11-01T03:59', 'shut 11-01T04:00 11-02T05:00'],
  // Apia had no 30 December 2011; a freeze of it freezes nothing, and the days around it touch.
  ['Pacific/Apia', [4, 6], '2011-12-30/2011-12-30', '2011-12-30T09:59', 'open 2011-12-29T10:00 2011-12-31T10:00'],
  ['Pacific/Apia', [4, 5, 6], '2011-12-29/2011-12-29', '2011-12-30T09:59', 'shut 2011-12-30T10:00 2011-12-31T10:00'],
  ['Asia/Kathmandu', [1], '06-01/06-01T12:30', '06-01T06:00', 'shut 06-01T06:45 06-01T18:15'],
  // Over the midnight of two days that are one opening.
  ['Europe/London', [1, 2], '06-01T23:00/06-02T01:00', '06-01T12:00', 'open 05-31T23:00 06-01T22:00'],
  ['Europe/London', [1, 2], '06-01T23:00/06-02T01:00', '06-01T22:30', 'shut 06-02T00:00 06-02T23:00'],
])('whole days in %s, %j, frozen %s, at %s', (zone, days, freezes, now, answer) => {
  expect(seen({ zone, from: 0, to: 24, days, freezes: frozen(freezes) }, now)).toBe(answer)
})
