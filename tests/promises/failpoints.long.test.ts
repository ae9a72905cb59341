import { beforeAll, expect, inject, test } from 'vitest'
import { all, bad, type Case, drawn, pointsOf, type Verdict } from './failpoints.ts'
import type { WorkerTask } from './worker.ts'

/** A failing case is run again by its seed: the numbers of the points are those of an undisturbed run. */
const SEED = 20261127
const FULL = inject('size') === 'full'
/** For a machine that is busy with other things; alone it takes half a minute in small, some ten in full. */
const TIME = { timeout: (FULL ? 60 : 10) * 60_000 }
let points: Record<WorkerTask['watch'], string[]>

beforeAll(async () => {
  points = { well: await pointsOf('well'), badly: await pointsOf('badly') }
})

const tell = (what: string, verdicts: Verdict[]) => {
  const most = (of: (one: Verdict) => number) => Math.max(...verdicts.map(of))
  const figures = {
    what,
    n: verdicts.length,
    bad: bad(verdicts).length,
    points: [points.well.length, points.badly.length],
  }
  if (FULL) console.log(JSON.stringify({ ...figures, leases: most((v) => v.leases), ticks: most((v) => v.ticksStuck) }))
}

test(
  'killed, cut off from the database or left without an answer at any point: one of everything, and the right end',
  TIME,
  async () => {
    const verdicts = await all(drawn(points, SEED, FULL ? 300 : 16))
    tell('kill, drop, lost', verdicts)
    expect(bad(verdicts)).toEqual([])
  },
)

/** Right after the gate's yes, and right before each kind of call. */
const STOPS = /^(claim_effect after|code\.push before|deploy\.(create|promote|rollback) before)$/

test('stopped past its lease and let go on, a worker has no effect any more', TIME, async () => {
  const stops = (['well', 'badly'] as const).flatMap((watch) =>
    points[watch].flatMap((label, i): Case[] =>
      STOPS.test(label) ? [{ watch, point: i + 1, label, mode: 'stop' }] : [],
    ),
  )
  const kinds = new Set(stops.map(({ label }) => label))
  expect(kinds.size).toBe(5)
  // The last of each kind, on its way back, where there is one; all of them in the full size.
  const chosen = FULL ? stops : [...kinds].map((kind) => stops.findLast(({ label }) => label === kind)!)
  const verdicts = await all(chosen)
  tell('stop', verdicts)
  expect(bad(verdicts)).toEqual([])
})
