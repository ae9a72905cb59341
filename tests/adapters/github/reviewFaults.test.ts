import { describe, expect, test } from 'vitest'
import type { Trouble } from '../../../emulators/trouble.ts'
import type { Review } from '../../../lib/world/review.ts'
import { desk, PLAN } from './desk.ts'

const at = desk()

const TROUBLES: [string, Trouble][] = [
  ['a 502 before the work', { kind: 'before', status: 502 }],
  ['a 502 after the work', { kind: 'after', status: 502 }],
  ['an answer that is lost', { kind: 'lost' }],
  ['no answer after the work', { kind: 'hangs' }],
]

/** Short where nothing will come, and long enough for a busy machine. */
const patience = ({ kind }: Trouble) => (kind === 'hangs' ? 4000 : 8000)

describe.each(TROUBLES)('%s', (_, what) => {
  test.each([
    ['POST .*/pulls$', 'pull', (one: Review) => one.open(PLAN)],
    ['POST .*/labels$', 'pull', (one: Review) => one.open(PLAN)],
    [
      'POST .*/issues$',
      'issue',
      (one: Review) => one.escalate({ marker: 'fix-1', title: 'Help', body: 'Look', labels: [] }),
    ],
  ] as const)('of %s: tried until it is done, it is done once', async (on, effect, act) => {
    at.hub.fault(new RegExp(on), what)
    await act(at.another(patience(what))).catch(() => null)
    await act(at.another(patience(what)))
    await act(at.another(patience(what)))
    expect(at.hub.github.faults[0]!.times).toBe(0)
    expect(at.count(effect)).toBe(1)
  })

  test('of a comment: it is written once, and edited in place', async () => {
    const { number } = await at.review.open(PLAN)
    at.hub.fault(/POST .*\/comments$/, what)
    await at
      .another(patience(what))
      .comment(number, 'status', 'Soaking')
      .catch(() => null)
    await at.another().comment(number, 'status', 'Soaking')
    await at.another().comment(number, 'status', 'In production')
    expect(at.threads()[0]!.comments.map(({ body }) => body.split('\n')[0])).toEqual(['In production'])
    expect(at.count('comment')).toBe(1)
  })

  test('of a merge: it is merged once, and known to be', async () => {
    const { number } = await at.review.open(PLAN)
    at.hub.fault(/PUT .*\/merge$/, what)
    const answer = await at
      .another(patience(what))
      .merge(number, at.head, 'Merge the fix')
      .catch(() => null)
    const again = await at.another().merge(number, at.head, 'Merge the fix')
    expect(again).toEqual({ state: 'merged', sha: at.hub.head('main') })
    if (answer) expect(answer).toEqual(again)
    expect(at.count('merge')).toBe(1)
  })
})
