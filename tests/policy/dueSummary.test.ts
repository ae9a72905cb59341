import { expect, test } from 'vitest'
import { NotifySettings } from '../../lib/domain/notifySettings.ts'
import { dueSummaries, type SummaryFacts } from '../../lib/policy/dueSummary.ts'

const at = (text: string) => new Date(`2026-${text}Z`)
const facts = (now: string, more: Omit<Partial<SummaryFacts>, 'notify'> & { notify?: object } = {}): SummaryFacts => ({
  ...{ zone: 'Europe/London', begun: at('01-01T00:00'), last: {}, now: at(now), ...more },
  notify: NotifySettings.parse(more.notify ?? { weekly: { on: false } }),
})
const made = (period: string, until: string) => ({ 'hand-over': { period: `2026-${period}`, until: at(until) } })
const said = (f: SummaryFacts) =>
  dueSummaries(f).map(({ kind, period, since }) => `${kind} ${period.slice(5)} ${since.toISOString().slice(5, 16)}`)

// In June nine in London is 08:00Z; 2026-06-01 is a Monday.
test.each<[string, SummaryFacts, string[]]>([
  ['a minute early', facts('06-02T07:59:59.999', { last: made('06-01', '06-01T08:00') }), []],
  ['on time', facts('06-02T08:00', { last: made('06-01', '06-01T08:00') }), ['hand-over 06-02 06-01T08:00']],
  ['made already', facts('06-02T08:00:01', { last: made('06-02', '06-02T08:00') }), []],
  ['all day long', facts('06-02T22:00', { last: made('06-02', '06-02T08:00') }), []],
  ['Saturday', facts('06-06T08:00', { last: made('06-05', '06-05T08:00') }), []],
  [
    'Monday’s covers the weekend',
    facts('06-08T08:00', { last: made('06-05', '06-05T08:00') }),
    ['hand-over 06-08 06-05T08:00'],
  ],
  [
    'a clock that is late: once, from where the last one ended',
    facts('06-04T15:00', { last: made('06-01', '06-01T08:00') }),
    ['hand-over 06-04 06-01T08:00'],
  ],
  [
    'so late that it is Saturday: Friday’s',
    facts('06-06T15:00', { last: made('06-04', '06-04T08:00') }),
    ['hand-over 06-05 06-04T08:00'],
  ],
  ['what was made late is not made again', facts('06-06T15:01', { last: made('06-05', '06-06T15:00') }), []],
  [
    'and the next begins there',
    facts('06-08T08:00', { last: made('06-05', '06-06T15:00') }),
    ['hand-over 06-08 06-06T15:00'],
  ],
  ['the first one looks back to the slot before', facts('06-02T08:00'), ['hand-over 06-02 06-01T08:00']],
  [
    'or to where the project began',
    facts('06-02T08:00', { begun: at('06-01T20:00') }),
    ['hand-over 06-02 06-01T20:00'],
  ],
  ['a project of this morning waits for tomorrow', facts('06-02T09:00', { begun: at('06-02T08:00') }), []],
  ['turned off', facts('06-02T08:00', { notify: { handOver: { on: false }, weekly: { on: false } } }), []],
  [
    'put off to the afternoon after it was made',
    facts('06-02T16:00', {
      last: made('06-02', '06-02T08:00'),
      notify: { handOver: { at: '17:00' }, weekly: { on: false } },
    }),
    [],
  ],
  [
    'a day added that is past',
    facts('06-09T07:00', {
      last: made('06-08', '06-08T08:00'),
      notify: { handOver: { days: [7] }, weekly: { on: false } },
    }),
    [],
  ],
  [
    'the zone moved behind: not again',
    facts('06-02T14:00', { last: made('06-02', '06-02T08:00'), zone: 'America/New_York' }),
    [],
  ],
  [
    'the zone moved ahead: the new day, once',
    facts('06-02T22:00', { last: made('06-02', '06-02T08:00'), zone: 'Pacific/Auckland' }),
    ['hand-over 06-03 06-02T08:00'],
  ],
  [
    'clocks go forward at the weekend',
    facts('03-30T08:00', { last: made('03-27', '03-27T09:00') }),
    ['hand-over 03-30 03-27T09:00'],
  ],
  ['an hour early it is not', facts('03-30T07:59:59.999', { last: made('03-27', '03-27T09:00') }), []],
  [
    'clocks go back at the weekend',
    facts('10-26T09:00', { last: made('10-23', '10-23T08:00') }),
    ['hand-over 10-26 10-23T08:00'],
  ],
  ['an hour early it is not', facts('10-26T08:59:59.999', { last: made('10-23', '10-23T08:00') }), []],
])('hand-over, %s', (_, given, expected) => {
  expect(said(given)).toEqual(expected)
})

const reviewed = (period: string, until: string) => ({
  'weekly-review': { period: `2026-${period}`, until: at(until) },
})
const week = (now: string, weekly: object, last: SummaryFacts['last'] = {}) =>
  facts(now, { notify: { handOver: { on: false }, weekly }, last })

test.each<[string, SummaryFacts, string[]]>([
  ['Monday at nine', week('06-08T08:00', {}), ['weekly-review 06-08 06-01T08:00']],
  ['a minute before it is last week’s', week('06-08T07:59', {}, reviewed('06-01', '06-01T08:00')), []],
  ['once a week', week('06-12T12:00', {}, reviewed('06-08', '06-08T08:00')), []],
  [
    'missed on Monday, made on Thursday',
    week('06-11T12:00', {}, reviewed('06-01', '06-01T08:00')),
    ['weekly-review 06-08 06-01T08:00'],
  ],
  ['moved to Friday in a week that had one', week('06-12T12:00', { day: 5 }, reviewed('06-08', '06-08T08:00')), []],
  [
    'and then on Friday of the next',
    week('06-19T12:00', { day: 5 }, reviewed('06-08', '06-08T08:00')),
    ['weekly-review 06-15 06-08T08:00'],
  ],
  [
    'on Sundays it is of the week that ends',
    week('06-14T12:00', { day: 7 }, reviewed('06-01', '06-07T08:00')),
    ['weekly-review 06-08 06-07T08:00'],
  ],
])('weekly review, %s', (_, given, expected) => {
  expect(said(given)).toEqual(expected)
})

test('looked at every minute of five weeks and made when due, there is one a day and one a week, without a gap', () => {
  const last: { [kind: string]: { period: string; until: Date } } = {}
  const all: { kind: string; period: string; since: Date; until: Date }[] = []
  for (let minute = 0; minute < 35 * 1440; minute += 7) {
    const now = new Date(Date.parse('2026-10-05T00:00Z') + minute * 60_000)
    // A night in which nothing ran.
    if (now > at('10-20T23:00') && now < at('10-22T13:00')) continue
    for (const due of dueSummaries({ ...facts('01-01T00:00', { notify: {}, last, begun: at('10-04T00:00') }), now })) {
      all.push({ ...due, until: now })
      last[due.kind] = { period: due.period, until: now }
    }
  }
  for (const kind of ['hand-over', 'weekly-review']) {
    const own = all.filter((one) => one.kind === kind)
    expect(new Set(own.map(({ period }) => period)).size).toBe(own.length)
    for (const [i, one] of own.slice(1).entries()) expect(one.since).toEqual(own[i]!.until)
  }
  expect(all.filter(({ kind }) => kind === 'weekly-review')).toHaveLength(5)
  // Five working days a week, less the one that was slept through.
  expect(all.filter(({ kind }) => kind === 'hand-over')).toHaveLength(24)
})
