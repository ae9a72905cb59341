import { readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Traffic } from '../../lib/domain/deployment.ts'
import { appFiles } from './app.ts'
import { type Bench, openBench, read, until } from './harness.ts'
import { processesWith } from './processes.ts'

let bench: Bench
const TIME = { timeout: 30_000 }
beforeEach(async () => {
  bench = await openBench()
}, 30_000)
afterEach(() => bench?.end())

const countedRequests = async () => {
  const since = new Date(Date.now() - 600_000).toISOString()
  const path = `/apps/shop/traffic?environment=production&since=${since}`
  const { body } = await bench.call<{ traffic: Traffic[] }>('GET', path)
  return body.traffic.reduce((sum, row) => sum + row.requests, 0)
}

test('an app that crashes is started again, and the log says so', TIME, async () => {
  const deployment = await bench.deploy(bench.repository.commit(appFiles('one')))
  await bench.promote(deployment.id, null)
  expect(await read(`${bench.address('production')}/crash`)).toBe('502')
  await until(
    () => read(`${bench.address('production')}/who`),
    (text) => text.startsWith('one '),
  )
  expect(await bench.logged('app.exited')).toMatchObject([{ deployment: deployment.id, code: 3, signal: null }])
  await until(
    () => bench.logged('app.restarted'),
    (entries) => entries.length === 1,
  )
  const output = readFileSync(join(bench.home, 'output', `${deployment.id}.log`), 'utf8')
  expect(output).toContain('crashing now')
})

test('after kill -9 it serves again at the same address, with its log and counts', TIME, async () => {
  const deployment = await bench.deploy(bench.repository.commit(appFiles('one')))
  await bench.promote(deployment.id, null)
  for (let i = 0; i < 5; i++) expect(await read(`${bench.address('production')}/who`)).toContain('one')
  const saved = () => readFile(join(bench.home, 'traffic', 'current.json'), 'utf8').catch(() => '')
  await until(saved, (text) => text.includes('"requests":5'))
  const log = await bench.logged()

  await bench.kill('SIGKILL')
  await bench.start()
  expect(await read(`${bench.address('production')}/who`)).toBe(`one ${deployment.sha} production`)
  expect((await bench.call('GET', '/apps/shop/targets/production')).body.deployment).toBe(deployment.id)
  const after = await bench.logged()
  expect(after.slice(0, log.length)).toEqual(log)
  expect(after.slice(log.length)).toMatchObject([{ what: 'app.restarted', because: 'platform-start' }])
  expect(after.map((entry) => entry.seq)).toEqual(after.map((_, i) => i + 1))
  expect(await countedRequests()).toBe(6)
})

test('a build that was cut off by kill -9 is made again', TIME, async () => {
  const sha = bench.repository.commit(appFiles('slow', { build: 'sleep 1' }))
  const { body } = await bench.call('POST', '/apps/shop/deployments', { sha, environment: 'staging', key: 'k' })
  await bench.kill('SIGKILL')
  await bench.start()
  const path = `/apps/shop/deployments/${body.id}`
  await until(
    async () => (await bench.call('GET', path)).body.state,
    (state) => state === 'ready',
  )
})

test('a log entry that only reached the state is appended at the next start, a half line removed', TIME, async () => {
  const log = await bench.logged()
  await bench.kill('SIGKILL')
  const file = join(bench.home, 'log.jsonl')
  const lines = readFileSync(file, 'utf8')
  writeFileSync(file, lines.slice(0, -10))
  await bench.start()
  expect(await bench.logged()).toEqual(log)
  expect(readFileSync(file, 'utf8')).toBe(lines)
})

test.each(['SIGTERM', 'SIGKILL'] as const)('%s leaves no process behind', TIME, async (signal) => {
  const marker = `marker-${process.pid}-${signal}.mjs`
  const files = appFiles('one', { start: `node ${marker}` })
  files[marker] = files['server.mjs'] ?? ''
  await bench.deploy(bench.repository.commit(files))
  const running = processesWith(marker)
  expect(running.length).toBeGreaterThan(0)
  // as root, each box belongs to a user of its own, also outside
  for (const { uid } of running) {
    if (process.getuid?.() === 0) expect(uid).toBeGreaterThanOrEqual(61_000)
  }
  expect(await bench.kill(signal)).toBe(signal === 'SIGTERM' ? 0 : null)
  await until(
    () => Promise.resolve(processesWith(marker)),
    (left) => left.length === 0,
  )
})
