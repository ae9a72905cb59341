import { Hours } from '../../lib/domain/hours.ts'
import { closesAt, opensAt } from './oracleHours.ts'

/** A moment under some hours, and what walking the wall clock says of it. */
export interface Clock {
  hours: Hours
  now: Date
  /** Epoch milliseconds of the next open instant, `now` itself when it is open; null is never. */
  opens: number | null
  closes: number | null
}

const WEEK = [1, 2, 3, 4, 5, 6, 7]
const freeze = (from: string, until: string) => ({ from, until, why: 'Stocktaking' })
const hours = (over: object) => Hours.parse(over)

/** Hours, then moments in UTC. Nine in London is 08:00Z in summer; Kathmandu is 5:45 ahead, Apia 13:00. */
const MOMENTS: [Hours, string[]][] = [
  [
    hours({}),
    [
      '06-01T07:59:59.999',
      '06-01T08:00',
      '06-01T11:00',
      '06-01T16:59:59.999',
      '06-01T17:00',
      '06-01T23:00',
      '06-06T11:00',
    ],
  ],
  [
    hours({ from: 0, to: 2, days: [7] }),
    ['03-29T00:59:59.999', '03-29T01:00', '10-25T00:30', '10-25T01:30', '10-25T02:00'],
  ],
  [hours({ freezes: [freeze('2026-12-21', '2027-01-24')] }), ['12-18T18:00', '12-20T23:59:59.999', '12-25T12:00']],
  [
    hours({ freezes: [freeze('2026-06-01T12:00', '2026-06-01T15:00')] }),
    ['06-01T10:59:59.999', '06-01T11:00', '06-01T14:00'],
  ],
  [
    hours({ days: WEEK, from: 0, to: 24, freezes: [freeze('2026-10-25T01:15', '2026-10-25T01:45')] }),
    ['10-25T00:14:59.999', '10-25T00:15', '10-25T01:00', '10-25T01:44:59.999', '10-25T01:45'],
  ],
  [hours({ zone: 'Asia/Kathmandu' }), ['06-01T03:14:59.999', '06-01T03:15', '06-01T12:15']],
  [hours({ zone: 'Pacific/Apia' }), ['05-31T19:59:59.999', '05-31T20:00', '06-01T05:00']],
  [hours({ zone: 'Europe/Atlantis' }), ['06-01T11:00']],
  [hours({ days: [] }), ['06-01T11:00']],
  [hours({ from: 18, to: 9 }), ['06-01T11:00']],
  [hours({ freezes: [freeze('2026-01-01', '2028-01-01')] }), ['06-01T11:00']],
]

export const CLOCKS: Clock[] = MOMENTS.flatMap(([hours, moments]) =>
  moments.map((moment) => {
    const now = new Date(`2026-${moment}Z`)
    const opens = opensAt(hours, now.getTime())
    return { hours, now, opens, closes: opens === null ? null : closesAt(hours, opens) }
  }),
)
