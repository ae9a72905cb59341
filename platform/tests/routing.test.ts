import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deployment, Traffic } from '../../lib/domain/deployment.ts'
import { appFiles } from './app.ts'
import { type Bench, openBench, read, until } from './harness.ts'

let bench: Bench
let one: Deployment
let two: Deployment
const TIME = { timeout: 30_000 }
beforeAll(async () => {
  bench = await openBench()
  one = await bench.deploy(bench.repository.commit(appFiles('one')))
  two = await bench.deploy(bench.repository.commit(appFiles('two')))
  await bench.promote(one.id, null)
}, 30_000)
afterAll(() => bench?.end())

/** Requests and failures per commit and route, over the minutes of this test. */
async function counted(): Promise<Record<string, [number, number]>> {
  const since = new Date(Date.now() - 3_600_000).toISOString()
  const path = `/apps/shop/traffic?environment=production&since=${since}`
  const { body } = await bench.call<{ traffic: Traffic[] }>('GET', path)
  const sums: Record<string, [number, number]> = {}
  for (const row of body.traffic) {
    expect(Object.keys(row).sort()).toEqual(['environment', 'failed', 'latency', 'minute', 'requests', 'route', 'sha'])
    expect(row.latency.reduce((sum, n) => sum + n, 0)).toBe(row.requests)
    const key = `${row.sha === one.sha ? 'one' : 'two'} ${row.route}`
    const [requests, failed] = sums[key] ?? [0, 0]
    sums[key] = [requests + row.requests, failed + row.failed]
  }
  return sums
}

test('requests through the router count, direct ones do not', TIME, async () => {
  const url = bench.address('production')
  for (const path of ['/practices/1', '/practices/2?x=1', '/fail', '/fail/9']) await read(url + path)
  await fetch(`${url}/echo`, { method: 'POST', body: 'x' })
  await read(`${one.url}/practices/3`)
  await read(`${two.url}/practices/3`)
  expect(await counted()).toEqual({
    'one GET /practices/:id': [2, 0],
    'one GET /fail': [1, 1],
    'one GET /fail/:id': [1, 1],
    'one POST /echo': [1, 0],
  })
})

test('after a promotion they count for the new commit; an app that crashes has failed its request', TIME, async () => {
  await bench.promote(two.id, one.id)
  const url = bench.address('production')
  expect(await read(`${url}/practices/1`)).toBe('page')
  expect(await read(`${url}/crash`)).toBe('502')
  expect(
    await until(
      () => counted(),
      (sums) => sums['two GET /crash'] !== undefined,
    ),
  ).toMatchObject({
    'one GET /practices/:id': [2, 0],
    'two GET /practices/:id': [1, 0],
    'two GET /crash': [1, 1],
  })
})

test('while an app is being restarted its requests fail, and traffic can move to one that is up', TIME, async () => {
  const url = bench.address('production')
  const broken = await bench.deploy(
    bench.repository.commit(appFiles('broken', { start: 'test ! -e started && touch started && node server.mjs' })),
  )
  await bench.promote(broken.id, two.id)
  expect(await read(`${url}/crash`)).toBe('502')
  await until(
    () => bench.logged('app.exited'),
    (log) => log.some((entry) => entry.deployment === broken.id),
  )
  expect(await read(`${url}/who`)).toBe('502')
  const { status } = await bench.call('POST', '/apps/shop/targets/production/rollback', {
    deployment: one.id,
    expected: broken.id,
  })
  expect(status).toBe(200)
  expect(await read(`${url}/who`)).toMatch(/^one /)
  expect(await bench.promote(broken.id, one.id)).toMatchObject({ status: 409, body: { error: { code: 'not-ready' } } })
  expect(await read(`${url}/who`)).toMatch(/^one /)
})
