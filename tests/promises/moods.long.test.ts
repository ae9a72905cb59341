import { expect, test } from 'vitest'
import { counted, openGround, RIGHT, startWorker } from './ground.ts'

test.each(['well', 'badly'] as const)(
  'a host whose every answer is lost: one of everything all the same (%s)',
  async (watch) => {
    const ground = await openGround(watch)
    ground.host.mood = 'lost'
    const end = await startWorker(ground.task).ended
    expect(end?.state).toBe(watch === 'well' ? 'cured' : 'rolled-back')
    expect(counted(ground)).toEqual(RIGHT[watch])
    await ground.close()
  },
)

test('a host that answers "done" and does nothing: nobody says that anything is deployed', async () => {
  const ground = await openGround('well')
  ground.host.mood = 'nothing'
  const end = await startWorker(ground.task).ended
  expect(end?.state).toBe('held')
  expect(ground.host.log).toEqual([])
  const { sql } = ground.db
  const claimed =
    await sql`select body->>'key' as key from audit where what = 'effect.confirmed' and body->>'key' ~ 'deploy|promote'`
  expect(claimed).toEqual([])
  const [release] = await sql<{ facts: object }[]>`select facts from releases`
  expect(release?.facts).toMatchObject({ waiting: 'the far side knows nothing of it' })
  expect(release?.facts).not.toHaveProperty('stagingDeployment')
  await ground.close()
})
