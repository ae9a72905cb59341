import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deployment } from '../../lib/domain/deployment.ts'
import { openVercelBench, type VercelBench } from './vercelBench.ts'

let w: VercelBench
let old: Deployment
let now: Deployment
const cron = (path: string, schedule: string) => ({ path, schedule })
beforeAll(async () => {
  w = await openVercelBench({
    crons: [cron('/api/a', '0 1 * * *'), cron('/api/b', '0 2 * * *'), cron('/api/c', '0 3 * * *')],
  })
  await set('BEFORE', ['production'])
  old = await w.built()
  w.vercel.settings.crons = [
    cron('/api/a', '0 1 * * *'),
    cron('/api/b', '0 9 * * *'),
    cron('/api/d', '0 4 * * *'),
    cron('/<b>', '0 5 * * *'),
    cron('/api/e', 'whenever'),
  ]
  await set('LATER', ['production', 'preview'])
  await set('ELSEWHERE', ['preview'])
  now = await w.built()
})
afterAll(() => w?.close())

const set = (key: string, target: string[]) =>
  fetch(
    `${w.vercel.url}/v10/projects/${w.vercel.settings.projectId}/env?upsert=true&teamId=${w.vercel.settings.teamId}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${w.vercel.token}` },
      body: JSON.stringify({ key, value: 'hidden', type: 'encrypted', target }),
    },
  )

test('going back brings back variables as they were, and other schedules', async () => {
  expect(await w.actor.brings?.(now.id, old.id)).toEqual({
    variables: ['LATER'],
    schedules: [
      { path: '/api/b', before: '0 9 * * *', after: '0 2 * * *' },
      { path: '/api/c', before: null, after: '0 3 * * *' },
      { path: '/api/d', before: '0 4 * * *', after: null },
    ],
  })
  await set('BEFORE', ['production'])
  await set('<b>bad</b>', ['production'])
  expect((await w.actor.brings?.(now.id, old.id))?.variables).toEqual(['BEFORE', 'LATER'])
})

test('to itself brings nothing but what was set since, and staging has no schedules', async () => {
  expect(await w.actor.brings?.(now.id, now.id)).toEqual({ variables: ['BEFORE'], schedules: [] })
  const [first, second] = [await w.built('staging'), await w.built('staging')]
  await set('AFTER', ['preview'])
  expect(await w.actor.brings?.(second.id, first.id)).toEqual({ variables: ['AFTER'], schedules: [] })
})

test('of a deployment nobody knows it cannot be said', async () => {
  await expect(w.actor.brings?.(now.id, 'dpl_unknown')).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
