import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { type SeverityFacts, severityOf } from '../../lib/policy/severity.ts'

/** Section 7's sentences on severity, read a second time; the first that is true of the facts decides. */
const half = (failed: number, of: number) => failed * 2 >= of
const SENTENCES: [Severity, (f: SeverityFacts) => boolean][] = [
  ['P0', (f) => f.healthFailures >= 2],
  ['P0', (f) => f.requests5m.all >= 50 && half(f.requests5m.failed, f.requests5m.all)],
  ['P0', (f) => known(f) && f.users! > 100],
  ['P1', (f) => known(f) && f.users! > 9],
  ['P1', (f) => f.route?.critical === true && f.route.failed > 0],
  // The request that failed may not be counted yet.
  ['P1', (f) => f.route?.critical === true && f.failedRequest],
  ['P1', (f) => !known(f) && f.route !== null && f.route.requests >= 20 && half(f.route.failed, f.route.requests)],
  ['P3', (f) => f.kind === 'build'],
  ['P2', (f) => f.failedRequest],
  ['P4', (f) => f.kind === 'slow' || f.kind === 'finding'],
  ['P4', (f) => !['fatal', 'error'].includes(f.level)],
  ['P2', (f) => !f.handled],
  ['P3', () => true],
]
const known = ({ users }: SeverityFacts) => users !== null && users >= 0

const HEALTH = [0, 1, 2, 3, Number.NaN]
/** Failed of all: just under half, half and all of one too few, of enough and of many. */
const ALL = [
  ...[
    [0, 0],
    [49, 49],
    [24, 50],
    [25, 50],
    [50, 50],
  ],
  ...[
    [499, 1000],
    [500, 1000],
    [50, Number.NaN],
    [Number.NaN, 50],
  ],
].map(([failed = 0, all = 0]) => ({ all, failed }))
const USERS = [0, 1, 9, 10, 11, 100, 101, null, Number.NaN, -1]
const COUNTED = [
  [0, 0],
  [0, 19],
  [1, 19],
  [19, 19],
  [9, 20],
  [10, 20],
  [20, 20],
  [49, 100],
  [50, 100],
  [50, Number.NaN],
]
const ROUTES = [
  null,
  ...[true, false].flatMap((critical) => COUNTED.map(([failed = 0, requests = 0]) => ({ critical, requests, failed }))),
]
const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'] as const
const KINDS = ['error', 'log', 'health', 'build', 'slow', 'rate', 'finding'] as const

function* product(): Generator<SeverityFacts> {
  for (const healthFailures of HEALTH)
    for (const requests5m of ALL)
      for (const users of USERS)
        for (const route of ROUTES)
          for (const handled of [true, false])
            for (const failedRequest of [true, false])
              for (const level of LEVELS)
                for (const kind of KINDS)
                  yield { healthFailures, requests5m, users, route, handled, failedRequest, level, kind }
}

test('every cell of the product has the severity of a second reading', { timeout: 60_000 }, () => {
  const wrong: string[] = []
  let cells = 0
  for (const facts of product()) {
    cells++
    const [severity] = SENTENCES.find(([, speaks]) => speaks(facts))!
    const answer = severityOf(facts)
    const said = answer.severity === severity && /^[A-Z0-9].+\.$/.test(answer.why) && !/NaN|-1/.test(answer.why)
    if (!said && wrong.length < 5) wrong.push(`${severity}, not ${JSON.stringify(answer)}: ${JSON.stringify(facts)}`)
  }
  expect(cells).toBe(5 * 9 * 10 * 21 * 2 * 2 * 5 * 7)
  expect(wrong).toEqual([])
})
