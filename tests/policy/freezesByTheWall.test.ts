import { expect, test } from 'vitest'
import { Freeze, Hours } from '../../lib/domain/hours.ts'
import { hoursWindow } from '../../lib/policy/hours.ts'
import { drawing } from './drawing.ts'
import { isOpen, opensAt } from './oracleHours.ts'

const QUARTER = 900_000
const HOUR = 4 * QUARTER
const WEEK = [1, 2, 3, 4, 5, 6, 7]
const DRAWS = 4
/** Three days of quarter hours: from the evening before in the east to the morning after in the west. */
const MARKS = 288
type Draw = ReturnType<typeof drawing>

/** Hours with up to three freezes, which begin and end on days or on quarter hours around midnight of `day`. */
function drawn(draw: Draw, zone: string, day: string): Hours {
  const end = () => {
    const hour = draw([-24, -1, 0, 0, 0, 1, 2, 24])
    const at = Date.parse(`${day}T00:00Z`) + hour * HOUR + draw([0, 1, 2, 3, 4, 5, 6, 7, 8]) * QUARTER
    return new Date(at).toISOString().slice(0, draw([10, 16, 16]))
  }
  const freezes = draw([[1], [1, 2], [1, 2, 3]]).map(() => {
    const [from, until] = [end(), end()].sort()
    return { from, until, why: 'Drawn' }
  })
  const [from, to] = draw([
    [0, 24],
    [0, 24],
    [0, 3],
    [1, 2],
  ] as const)
  const sound = freezes.filter((freeze) => Freeze.safeParse(freeze).success)
  return Hours.parse({ zone, from, to, days: draw([WEEK, WEEK, [6, 7], [4, 5]]), freezes: sound })
}

test.each([
  ['Europe/London', ['2026-03-29', '2026-10-25']],
  ['America/New_York', ['2026-03-08', '2026-11-01']],
  ['America/Havana', ['2026-03-08', '2026-11-01']],
  ['Australia/Lord_Howe', ['2026-04-05', '2026-10-04']],
  ['Africa/Cairo', ['2026-04-24', '2026-10-30']],
  ['Antarctica/Troll', ['2026-03-29', '2026-10-25']],
  ['Asia/Kathmandu', ['2026-12-31']],
  ['Pacific/Apia', ['2011-12-30', '2026-06-01']],
])('%s: drawn freezes agree with the wall clock around its changes', { timeout: 60_000 }, (zone, days) => {
  const draw = drawing(17)
  const wrong: string[] = []
  let compared = 0
  for (const day of days)
    for (let n = 0; n < DRAWS; n++) {
      const hours = drawn(draw, zone, day)
      for (let mark = 0; mark < MARKS; mark++)
        for (const before of [1, 0]) {
          compared++
          const now = Date.parse(`${day}T00:00Z`) - 30 * HOUR + mark * QUARTER - before
          const window = hoursWindow(hours, new Date(now))
          const agrees = window.open === isOpen(hours, now)
          const next = compared % 24 > 0 || window.open || window.from.getTime() === opensAt(hours, now)
          if (!agrees || !next) wrong.push(`${new Date(now).toISOString()} ${JSON.stringify(hours)}`)
        }
    }
  expect(compared).toBe(days.length * DRAWS * MARKS * 2)
  expect(wrong.slice(0, 3)).toEqual([])
})
