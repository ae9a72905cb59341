import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { wakeWatcher } from '../../lib/actions/wake.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
beforeAll(async () => {
  db = await freshDatabase()
})
afterAll(() => db.drop())

const register = (slug: string) =>
  registerProject(db.sql, { slug, name: slug, level: 1, settings: { repository: '/srv/x.git', app: 'x' } })

/** A project of its own, whose watcher is not due for a while. */
async function quiet(slug: string) {
  const { id } = await register(slug)
  const later = () =>
    db.sql`update work set due_at = now() + interval '5 s', nudged = false where subject = ${`project:${id}`}`
  await later()
  const rings: string[] = []
  const wake = () => wakeWatcher({ sql: db.sql, ring: (agent) => rings.push(agent) }, id)
  const due = async () =>
    (await db.sql<{ due: boolean }[]>`select due_at <= now() as due from work where subject = ${`project:${id}`}`)[0]!
      .due
  return { wake, due, later, rings }
}

test('the first event makes the watcher’s work due at once', async () => {
  const project = await quiet('first')
  await project.wake()
  expect([await project.due(), project.rings]).toEqual([true, ['watcher']])
})

test('what comes within the same second rings no more', async () => {
  const project = await quiet('flood')
  await project.wake()
  await project.later()
  for (let i = 0; i < 50; i++) await project.wake()
  expect([await project.due(), project.rings]).toEqual([false, ['watcher']])
})

test('a second later it rings again', async () => {
  const project = await quiet('again')
  await project.wake()
  await project.later()
  await new Promise((resolve) => setTimeout(resolve, 1050))
  await project.wake()
  expect([await project.due(), project.rings]).toEqual([true, ['watcher', 'watcher']])
})

test('one project’s flood does not keep another’s first event waiting', async () => {
  const [loud, other] = [await quiet('loud'), await quiet('other')]
  await loud.wake()
  await other.wake()
  expect(await other.due()).toBe(true)
})
