import { afterAll, beforeAll, expect, test } from 'vitest'
import { appFiles } from './app.ts'
import { type Bench, openBench, read, until } from './harness.ts'

let bench: Bench
let ids: string[]
const TIME = { timeout: 30_000 }

beforeAll(async () => {
  bench = await openBench()
  const made = await Promise.all(['a', 'b', 'c'].map((v) => bench.deploy(bench.repository.commit(appFiles(v)))))
  ids = made.map((deployment) => deployment.id)
}, 30_000)
afterAll(() => bench?.end())

const serving = async () => (await bench.call('GET', '/apps/shop/targets/production')).body.deployment
const rollback = (deployment: string, expected: string | null) =>
  bench.call('POST', '/apps/shop/targets/production/rollback', { deployment, expected })

test('of 20 promotions at once with the same expectation one wins and is logged', TIME, async () => {
  const asked = Array.from({ length: 20 }, (_, i) => ids[i % 3] ?? '')
  const answers = await Promise.all(asked.map((id) => bench.promote(id, null)))
  const now = await serving()
  for (const [i, { status, body }] of answers.entries()) {
    if (asked[i] === now) expect({ status, body }).toMatchObject({ status: 200, body: { deployment: now } })
    else
      expect({ status, body }).toMatchObject({
        status: 409,
        body: { error: { code: 'moved' }, serving: { deployment: now } },
      })
  }
  expect(await bench.logged('promoted')).toMatchObject([{ deployment: now, previous: null, environment: 'production' }])
})

test('promoting what serves is answered again and logged once, whatever was expected', TIME, async () => {
  const now = String(await serving())
  expect((await bench.promote(now, null)).status).toBe(200)
  expect((await bench.promote(now, now)).status).toBe(200)
  expect(await bench.logged('promoted')).toHaveLength(1)
})

test('a rollback goes only to what has served this target before', TIME, async () => {
  const now = String(await serving())
  const [next = '', never = ''] = ids.filter((id) => id !== now)
  expect(await rollback(never, now)).toMatchObject({ status: 409, body: { error: { code: 'never-served' } } })
  expect((await bench.promote(next, now)).status).toBe(200)
  expect(await rollback(now, now)).toMatchObject({ status: 409, body: { error: { code: 'moved' } } })
  expect(await rollback(now, next)).toMatchObject({ status: 200, body: { deployment: now } })
  expect(await serving()).toBe(now)
  expect(await bench.logged('rolled-back')).toMatchObject([{ deployment: now, previous: next }])
})

test('there and back again is a change: a promotion that began before it comes too late', TIME, async () => {
  const shift = (verb: string, body: object) => bench.call('POST', `/apps/shop/targets/production/${verb}`, body)
  const { deployment: now = '', revision } = (
    await bench.call<{ deployment: string; revision: number }>('GET', '/apps/shop/targets/production')
  ).body
  const [next = ''] = ids.filter((id) => id !== now)
  expect((await bench.promote(next, now)).status).toBe(200)
  expect((await rollback(now, next)).status).toBe(200)
  const late = { deployment: next, expected: now, revision }
  expect(await shift('promote', late)).toMatchObject({ status: 409, body: { error: { code: 'moved' } } })

  // Rolling back to what serves already is asked for to make just that sure.
  const point = { deployment: now, expected: now, revision: (revision ?? 0) + 2 }
  expect(await shift('rollback', point)).toMatchObject({ status: 200, body: { revision: (revision ?? 0) + 3 } })
  expect((await shift('promote', { ...late, revision: point.revision })).status).toBe(409)
  expect((await shift('rollback', point)).status).toBe(409)
  expect(await serving()).toBe(now)
})

test('what is not ready, unknown, or built for another target takes no traffic', TIME, async () => {
  const now = String(await serving())
  const failed = await bench.deploy(bench.repository.commit({ 'a.txt': 'no manifest' }))
  const staged = await bench.deploy(bench.repository.commit(appFiles('staged')), 'staging')
  const notReady = (word: string) => ({ code: 'not-ready', message: expect.stringMatching(`is ${word}$`) })
  expect(await bench.promote(failed.id, now)).toMatchObject({ status: 409, body: { error: notReady('failed') } })
  const sha = bench.repository.commit(appFiles('slow', { build: 'sleep 60' }))
  const asked = { sha, environment: 'production', key: 'slow' }
  const building = await bench.call<{ id: string }>('POST', '/apps/shop/deployments', asked)
  expect(await bench.promote(building.body.id, now)).toMatchObject({
    status: 409,
    body: { error: notReady('building') },
  })
  expect((await bench.promote('dpl-0', now)).status).toBe(404)
  expect(await bench.promote(staged.id, now)).toMatchObject({
    status: 422,
    body: { error: { code: 'wrong-environment' } },
  })
  expect(await serving()).toBe(now)
})

test('no request fails while traffic moves back and forth, and each answer is of one version', TIME, async () => {
  const [one = '', two = ''] = ids
  await bench.promote(one, String(await serving()))
  const answers: string[] = []
  let over = false
  const callers = Array.from({ length: 4 }, async () => {
    while (!over) answers.push((await read(`${bench.address('production')}/who?wait=5`)).slice(0, 1))
  })
  for (let turn = 0; turn < 10; turn++) {
    const [from, to] = turn % 2 === 0 ? [one, two] : [two, one]
    expect((await bench.promote(to, from)).status).toBe(200)
    await until(
      () => Promise.resolve(answers.length),
      (n) => n > turn * 20,
    )
  }
  over = true
  await Promise.all(callers)
  expect(new Set(answers)).toEqual(new Set(['a', 'b']))
})

test(
  'a request in flight is finished by the version it came to, even when that is stopped meanwhile',
  TIME,
  async () => {
    const first = await bench.deploy(bench.repository.commit(appFiles('1')))
    await bench.promote(first.id, String(await serving()))
    const slow = read(`${bench.address('production')}/who?wait=1500`)
    await until(
      async () => (await bench.call<{ url: string }>('GET', `/apps/shop/deployments/${first.id}`)).body.url,
      Boolean,
    )
    const second = await bench.deploy(bench.repository.commit(appFiles('2')))
    const third = await bench.deploy(bench.repository.commit(appFiles('3')))
    await bench.promote(second.id, first.id)
    await bench.promote(third.id, second.id)
    expect(await slow).toMatch(/^1 /)
    const isDown = async () =>
      (await bench.call<{ url: string | null }>('GET', `/apps/shop/deployments/${first.id}`)).body.url
    await until(isDown, (url) => url === null)

    const back = await Promise.all([rollback(first.id, third.id), rollback(first.id, third.id)])
    expect(back.map((answer) => answer.status)).toEqual([200, 200])
    expect(await read(`${bench.address('production')}/who`)).toMatch(/^1 /)
    const restarted = (await bench.logged('app.restarted')).filter((entry) => entry.deployment === first.id)
    expect(restarted).toMatchObject([{ because: 'promotion' }])
  },
)
