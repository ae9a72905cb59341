import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tick } from '../../../agents/tick.ts'
import { drive } from '../../../cli/worker/drive.ts'
import { registerProject } from '../../../lib/actions/registerProject.ts'
import type { Agent } from '../../../lib/domain/work.ts'
import { connect } from '../../../lib/store/database.ts'
import { addWork } from '../../../lib/store/work.ts'
import { type FreshDatabase, freshDatabase } from '../../harness.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.drop())

async function until(what: () => boolean | Promise<boolean>) {
  for (let tries = 0; !(await what()); tries++) {
    if (tries > 600) throw new Error('it did not come to that')
    await sleep(50)
  }
}

test('two workers on one database do each piece of work once, and both work', async () => {
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  const { id } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', settings })
  await db.sql`update work set due_at = now() + interval '1 day'`
  const done: { subject: string; by: number }[] = []
  for (let n = 1; n <= 60; n++) await addWork(db.sql, `issue:${n}`, id, 'investigator')
  const workers = [1, 2].map((by) => {
    const sql = connect(db.url, 3)
    const look = async (agent: Agent) => {
      const world = { sql, ring: driving.ring }
      const step = async ({ subject }: { subject: string }) => {
        await sleep(20)
        done.push({ subject, by })
        // From one agent to the next and out.
        return agent === 'investigator' ? ({ agent: 'implementer', inMs: 0 } as const) : ('done' as const)
      }
      await tick(world, agent, step, { leaseSeconds: 60, deadlineMs: 5000 })
    }
    const driving = drive(['investigator', 'implementer'], look, 200)
    return { sql, driving }
  })
  await until(() => done.length >= 120)
  await sleep(500)
  for (const { sql, driving } of workers) {
    await driving.stop()
    await sql.end()
  }
  expect(done).toHaveLength(120)
  const times = new Map<string, number>()
  for (const { subject } of done) times.set(subject, (times.get(subject) ?? 0) + 1)
  expect([...new Set(times.values())]).toEqual([2])
  for (const by of [1, 2]) expect(done.filter((one) => one.by === by).length).toBeGreaterThan(10)
})

test('a ring is answered at once, a later one when it is due, and without any the clock comes', async () => {
  const looks: number[] = []
  const begun = performance.now()
  const driving = drive(['watcher'], async () => void looks.push(performance.now() - begun), 1000)
  await until(() => looks.length === 1)
  driving.ring('watcher')
  await until(() => looks.length === 2)
  expect(looks[1]).toBeLessThan(500)
  driving.ring('watcher', 300)
  await until(() => looks.length === 3)
  expect((looks[2] ?? 0) - (looks[1] ?? 0)).toBeGreaterThan(250)
  await until(() => looks.length === 4)
  expect((looks[3] ?? 0) - (looks[2] ?? 0)).toBeGreaterThan(900)
  await driving.stop()
})

test('a ring while an agent looks makes it look again; a stop waits for the look and begins none', async () => {
  let under = 0
  let looks = 0
  let release: () => void = () => undefined
  const look = async () => {
    looks += 1
    under += 1
    await new Promise<void>((resolve) => (release = resolve))
    under -= 1
  }
  const driving = drive(['watcher'], look, 60_000)
  await until(() => under === 1)
  driving.ring('watcher')
  release()
  await until(() => looks === 2)
  const stopping = driving.stop()
  driving.ring('watcher')
  release()
  await stopping
  expect([looks, under]).toEqual([2, 0])
})
