import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appFiles } from './app.ts'
import { type Bench, openBench, read, until } from './harness.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
}, 30_000)
afterAll(() => bench?.end())

test('builds, prepares and starts a commit, which answers directly before it takes traffic', {
  timeout: 30_000,
}, async () => {
  const made = { build: 'echo built > built.txt', prepare: 'echo "$SENTRY_RELEASE" > prepared.txt' }
  const sha = bench.repository.commit(appFiles('one', made))
  const deployment = await bench.deploy(sha)
  expect(deployment).toEqual({
    id: expect.stringMatching(/^dpl-[0-9a-f]{16}$/),
    sha,
    environment: 'production',
    state: 'ready',
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:2\d{4}$/),
    at: expect.any(String),
    why: null,
  })
  expect(await read(`${deployment.url}/who`)).toBe(`one ${sha} production`)
  expect(await read(`${deployment.url}/look?path=built.txt`)).toBe('built\n')
  expect(await read(`${deployment.url}/look?path=/app/prepared.txt`)).toBe(`${sha}\n`)
  const env = JSON.parse(await read(`${deployment.url}/env`))
  expect(env).toMatchObject({ NODE_ENV: 'production', CLINIC_ENV: 'production', SENTRY_ENVIRONMENT: 'production' })
  expect(Object.keys(env).filter((name) => name.startsWith('PLATFORM'))).toEqual([])
  expect(await read(`${bench.address('production')}/who`)).toBe('503')
  expect((await bench.call('GET', '/apps/shop/targets/production')).status).toBe(404)
})

test('a test environment in the manifest is not applied', { timeout: 30_000 }, async () => {
  const sha = bench.repository.commit(appFiles('env', { env: { CLINIC_ENV: 'test', ONLY_TEST: '1' } }))
  const { url } = await bench.deploy(sha, 'staging')
  const env = JSON.parse(await read(`${url}/env`))
  expect(env.CLINIC_ENV).toBeUndefined()
  expect(env.ONLY_TEST).toBeUndefined()
})

test.each([
  [
    'a build that fails',
    appFiles('x', { build: 'echo the reason is here; exit 7' }),
    /^build failed \(exit 7\)\n[\s\S]*the reason is here$/,
  ],
  [
    'an install that fails',
    appFiles('x', { install: 'echo no network; exit 1' }),
    /^install failed \(exit 1\)\n[\s\S]*no network$/,
  ],
  [
    'an app that ends at once',
    appFiles('x', { start: 'echo cannot open db; exit 1' }),
    /ended before[\s\S]*cannot open db$/,
  ],
  ['no manifest', { 'a.txt': 'a' }, /^the commit has no nightshift\.json/],
  ['a manifest without a start', { 'nightshift.json': '{}' }, /^nightshift\.json: start/],
  ['a manifest that is not JSON', { 'nightshift.json': '{' }, /^nightshift\.json is not JSON/],
])('%s ends failed and says why', { timeout: 30_000 }, async (_, files, why) => {
  const deployment = await bench.deploy(bench.repository.commit(files), 'staging')
  expect(deployment).toMatchObject({ state: 'failed', url: null })
  expect(deployment.why).toMatch(why)
  const entry = (await bench.logged('deployment.failed')).at(-1)
  expect(entry).toMatchObject({ deployment: deployment.id, why: deployment.why?.split('\n')[0] })
})

test('a commit that does not exist fails with what git says', { timeout: 30_000 }, async () => {
  const deployment = await bench.deploy('f'.repeat(40), 'staging')
  expect(deployment.state).toBe('failed')
  expect(deployment.why).toMatch(/^git: /)
})

test('the same key answers the same deployment, and refuses another content', { timeout: 30_000 }, async () => {
  const sha = bench.repository.commit(appFiles('key'))
  const ask = (body: object) => bench.call('POST', '/apps/shop/deployments', body)
  const all = await Promise.all(Array.from({ length: 8 }, () => ask({ sha, environment: 'staging', key: 'once' })))
  expect(all.map((a) => a.status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 202])
  expect(new Set(all.map((a) => a.body.id)).size).toBe(1)
  expect(await ask({ sha, environment: 'production', key: 'once' })).toMatchObject({
    status: 409,
    body: { error: { code: 'key-used' } },
  })
  const other = bench.repository.commit(appFiles('key2'))
  expect((await ask({ sha: other, environment: 'staging', key: 'once' })).status).toBe(409)
  const listed = await bench.call('GET', '/apps/shop/deployments?key=once&environment=staging')
  expect(listed.body).toHaveLength(1)
  expect((await bench.call('GET', '/apps/shop/deployments?key=once&environment=production')).body).toEqual([])
})

test('lists newest first, and keeps what an app writes', { timeout: 30_000 }, async () => {
  const first = await bench.deploy(bench.repository.commit(appFiles('older')), 'staging')
  const second = await bench.deploy(
    bench.repository.commit(appFiles('newer', { build: 'echo hello from the build' })),
    'staging',
  )
  const listed = await bench.call<{ id: string }[]>('GET', '/apps/shop/deployments?environment=staging')
  const ids = listed.body.map((deployment) => deployment.id)
  expect(ids.slice(0, 2)).toEqual([second.id, first.id])
  const output = () => Promise.resolve(readFileSync(join(bench.home, 'output', `${second.id}.log`), 'utf8'))
  await until(output, (text) => text.includes('hello from the build'))
})
