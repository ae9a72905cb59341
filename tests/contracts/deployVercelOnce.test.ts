import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Trouble } from '../../emulators/trouble.ts'
import { type Performed, perform } from '../../lib/actions/perform.ts'
import type { Lease } from '../../lib/domain/work.ts'
import type { DeployActor } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { projectWithLease, request } from '../store/fixture.ts'
import { openVercelBench, type VercelBench } from './vercelBench.ts'

/** The frame every effect goes through, the real gate, and Vercel failing in all its ways: each effect is done once. */

let w: VercelBench
let db: FreshDatabase
let lease: Lease
let project: number
let promoted: string[]
beforeAll(async () => {
  w = await openVercelBench()
  db = await freshDatabase()
  ;({ project, lease } = await projectWithLease(db.sql))
  promoted = [(await w.built()).id, (await w.built()).id]
  await w.actor.promote('production', promoted[0]!, null)
  await w.actor.promote('production', promoted[1]!, await w.actor.serving('production'))
})
afterAll(async () => {
  await w?.close()
  await db?.drop()
})
let key = 0
beforeEach(async () => {
  w.vercel.faults = []
  key += 1
  await db.admin`update nightshift.projects set cap_per_day = 1000`
})

const on = (what: Trouble, path = /^POST .*\/(promote|rollback|deployments$)/) =>
  w.vercel.faults.push({ on: path, times: 1, what })
const effects = (what: string) => w.vercel.effects.filter((effect) => effect.what === what).length
const pastDeadline = () => db.admin`update nightshift.effects set deadline = now() - interval '1 second'`

/** As the releaser's `shift`, in a worker that is killed after its call when `killed`. */
async function attempt(actor: DeployActor, aim: string, killed = false): Promise<Performed<{ deployment: string }>> {
  const asked = request(project, {
    key: `fix:promote:${key}`,
    kind: 'promote',
    target: 'production',
    aim,
    timeoutSeconds: 20,
  })
  return perform({ sql: db.sql, halted: false }, lease, asked, {
    async send(ticket) {
      ticket.still()
      const done = await actor.promote('production', aim, await actor.serving('production'))
      if (killed) throw new Error('killed')
      return done === 'moved' ? { refused: 'it moved' } : undefined
    },
    async ask() {
      const now = await actor.serving('production')
      return now?.deployment === aim ? { deployment: aim } : null
    },
  })
}

/** Worker after worker, each after the deadline of the one before, until the effect is settled. */
async function settled(aim: string, workers: { killed?: boolean }[]): Promise<string> {
  for (const { killed } of [...workers, {}, {}, {}]) {
    const done = await attempt(w.another({ verbMs: 800 }), aim, killed).catch(() => null)
    if (done?.state === 'confirmed' || done?.state === 'failed' || done?.state === 'refused') return done.state
    await pastDeadline()
  }
  return 'open'
}

const other = async () => promoted.find((id) => id !== deploymentOf)!
let deploymentOf = ''
const aim = async () => {
  deploymentOf = (await w.actor.serving('production'))!.deployment
  return other()
}

describe('a promotion, as the releaser makes it, is one at the host', () => {
  test.each<[string, Trouble[], { killed?: boolean }[]]>([
    ['when nothing goes wrong', [], [{}]],
    ['when its answer is lost', [{ kind: 'lost' }], [{}]],
    ['when its answer is lost and the worker is killed', [{ kind: 'lost' }], [{ killed: true }]],
    ['when 500 comes after the work', [{ kind: 'after', status: 500 }], [{}]],
    ['when 500 comes before the work', [{ kind: 'before', status: 500 }], [{}]],
    [
      'when it comes before, and then after',
      [
        { kind: 'before', status: 502 },
        { kind: 'after', status: 502 },
      ],
      [{}],
    ],
    ['when the worker is killed after it', [], [{ killed: true }]],
    ['when two workers are', [{ kind: 'cut' }], [{ killed: true }, { killed: true }]],
    ['when there is a limit first', [{ kind: 'limit', seconds: 1 }], [{}]],
  ])('%s', async (_, troubles, workers) => {
    const id = await aim()
    const before = effects('promoted')
    for (const what of troubles) on(what)
    expect(await settled(id, workers)).toBe('confirmed')
    expect((await w.actor.serving('production'))?.deployment).toBe(id)
    expect(effects('promoted')).toBe(before + 1)
  })

  test('when it takes longer than a call may, and the worker who asks finds it under way', async () => {
    w.vercel.settings.settleMs = 1200
    const id = await aim()
    const before = effects('promoted')
    expect(await settled(id, [{}])).toBe('confirmed')
    w.vercel.settings.settleMs = 60
    expect(effects('promoted')).toBe(before + 1)
  })
})
