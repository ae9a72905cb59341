import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { RENAMED } from '../history/rename.ts'
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

async function firstRequests(seed: number, rename?: Record<string, string>) {
  const [production, staging] = [await startServer(), await startServer()]
  const targets = { production: production.url, staging: staging.url }
  const traffic = startTraffic({ targets, seed, perSecond: 200, rename })
  const requests = [await production.first(40), await staging.first(5)]
  await traffic.stop()
  return { requests: requests.map((lines) => [...lines].sort()), production, staging, traffic }
}

test('the same seed sends the same requests, another seed others', { timeout: 60_000 }, async () => {
  const first = await firstRequests(7)
  expect((await firstRequests(7)).requests).toEqual(first.requests)
  expect((await firstRequests(8)).requests).not.toEqual(first.requests)
})

test('paths and fields follow a renamed app', { timeout: 60_000 }, async () => {
  const { production } = await firstRequests(7, RENAMED)
  const lines = production.seen.join('\n')
  expect(lines).toMatch(/u-\d POST \/api\/mailings\/dispatch \{"surgeryId":"p-\d+"/)
  expect(lines).not.toMatch(/campaign|practice/)
})

test('what was sent is counted, and staging gets less', { timeout: 60_000 }, async () => {
  const { traffic, production, staging } = await firstRequests(7)
  const { counts } = traffic
  expect(counts.production).toEqual({
    sent: production.seen.length,
    answers: { 200: production.seen.length },
    refused: 0,
  })
  expect(counts.staging.answers).toEqual({ 200: staging.seen.length })
  expect(counts.staging.sent).toBeLessThan(counts.production.sent / 2)
})

test('a refused connection is counted and the other target goes on', { timeout: 60_000 }, async () => {
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

test('nothing is sent once it is stopped', { timeout: 60_000 }, async () => {
  const { traffic, production } = await firstRequests(7)
  const sent = traffic.counts.production.sent
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect([traffic.counts.production.sent, production.seen.length]).toEqual([sent, sent])
})

const USAGE: string[] = ['', '--production http://127.0.0.1:1', '--production http://a --staging http://b --rate 0']

test.each(USAGE)('"%s" is answered with how it is used', (args) => {
  const { status, stderr } = run(import.meta.dirname, `node ../traffic.ts ${args}`)
  expect(status).toBe(2)
  expect(stderr).toContain('usage: node examples/traffic.ts --production URL')
})
