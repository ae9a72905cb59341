import { spawn } from 'node:child_process'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { RENAMED } from '../history/rename.ts'
import { visitsFrom } from '../traffic/visits.ts'
import { startTraffic } from '../traffic.ts'
import { run } from './app.ts'

/** Answers 200 to everything and remembers it. */
async function startServer() {
  const seen: string[] = []
  const waiting: { count: number; wake: () => void }[] = []
  const server = createServer((req, res) => {
    remember(req).then((line) => {
      seen.push(line)
      res.end('{}')
      for (const { count, wake } of waiting) if (seen.length >= count) wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    first: async (count: number) => {
      await new Promise<void>((wake) => (seen.length >= count ? wake() : waiting.push({ count, wake })))
      return seen.slice(0, count)
    },
  }
}

async function remember(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const { method, url, headers } = req
  return `${headers['x-user-id']} ${method} ${url} ${Buffer.concat(chunks)}`
}

/** Traffic until both servers had some of it, then stopped. */
async function someTraffic(seed: number, rename?: Record<string, string>) {
  const [production, staging] = [await startServer(), await startServer()]
  const targets = { production: production.url, staging: staging.url }
  const traffic = startTraffic({ targets, seed, perSecond: 100, rename })
  await Promise.all([production.first(40), staging.first(5)])
  await traffic.stop()
  return { production, staging, traffic }
}

/** What a seed stands for, sorted: requests may overtake each other on their way. */
function planned(count: number, seed: number, rename?: Record<string, string>): string[] {
  const visits = visitsFrom(seed, rename)
  const lines = Array.from({ length: count }, () => visits.next().value)
  return lines.map(({ user, method, path, body }) => `${user} ${method} ${path} ${body ?? ''}`).sort()
}

test.each([7, 8])('seed %i sends its own requests, staging those of the next seed', async (seed) => {
  const { production, staging } = await someTraffic(seed)
  expect([...production.seen].sort()).toEqual(planned(production.seen.length, seed))
  expect([...staging.seen].sort()).toEqual(planned(staging.seen.length, seed + 1))
})

test('paths and fields follow a renamed app', async () => {
  const { production } = await someTraffic(7, RENAMED)
  const lines = production.seen.join('\n')
  expect(lines).toMatch(/u-\d POST \/api\/mailings\/dispatch \{"surgeryId":"p-\d+"/)
  expect(lines).not.toMatch(/campaign|practice/)
})

test('what was sent is counted, and staging gets less', async () => {
  const { traffic, production, staging } = await someTraffic(7)
  const { counts } = traffic
  expect(counts.production).toEqual({
    sent: production.seen.length,
    answers: { 200: production.seen.length },
    refused: 0,
  })
  expect(counts.staging.answers).toEqual({ 200: staging.seen.length })
  expect(counts.staging.sent).toBeLessThan(counts.production.sent / 2)
})

test('a refused connection is counted and the other target goes on', async () => {
  const server = await startServer()
  const targets = { production: 'http://127.0.0.1:1', staging: server.url }
  const traffic = startTraffic({ targets, seed: 7, perSecond: 100 })
  await server.first(5)
  await traffic.stop()
  const { sent, refused, answers } = traffic.counts.production
  expect(refused).toBe(sent)
  expect(refused).toBeGreaterThan(0)
  expect(answers).toEqual({})
})

test('an app that does not answer is not flooded', async () => {
  const silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`
  const traffic = startTraffic({ targets: { production: url, staging: url }, seed: 7, perSecond: 1000 })
  await vi.waitUntil(() => traffic.counts.staging.sent === 32, { timeout: 60_000 })
  expect(traffic.counts.production.sent).toBe(32)
  silent.closeAllConnections()
  silent.close()
  await traffic.stop()
})

test('nothing is sent once it is stopped', async () => {
  const { traffic, production } = await someTraffic(7)
  const sent = traffic.counts.production.sent
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([traffic.counts.production.sent, production.seen.length]).toEqual([sent, sent])
})

test('the command counts and ends when it is asked to', async () => {
  const server = await startServer()
  const args = [
    '--production',
    server.url,
    '--staging',
    server.url,
    '--rate',
    '50',
    '--rename',
    '{"campaigns":"letters"}',
  ]
  const child = spawn(process.execPath, [join(import.meta.dirname, '../traffic.ts'), ...args], { env: {} })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const lines = await server.first(20)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  expect(lines.join()).toContain('/api/letters/launch {"practiceId"')
})

const USAGE: string[] = ['', '--production http://127.0.0.1:1', '--production http://a --staging http://b --rate 0']

test.each(USAGE)('"%s" is answered with how it is used', (args) => {
  const { status, stderr } = run(import.meta.dirname, `node ../traffic.ts ${args}`)
  expect(status).toBe(2)
  expect(stderr).toContain('usage: node examples/traffic.ts --production URL')
})
