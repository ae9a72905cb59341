import { appendFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bucketOf, MAX_ROUTES, minuteOf, OTHER, openTraffic, type Request } from '../traffic.ts'
import { openTrafficFile } from '../traffic-file.ts'

let folder: string
let time: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ns-platform-traffic-'))
  time = Date.parse('2025-11-20T10:00:30Z')
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = () => openTraffic(openTrafficFile(folder), () => new Date(time))
const request = (change: Partial<Request> = {}): Request => ({
  app: 'shop',
  environment: 'production',
  sha: 'one',
  method: 'GET',
  path: '/practices/7?x=1',
  status: 200,
  ms: 3,
  ...change,
})
const START = '2025-11-20T00:00:00Z'

test('counts per route, minute and commit, with failures and latency', async () => {
  const traffic = open()
  traffic.count(request())
  traffic.count(request({ path: '/practices/8', status: 500, ms: 70 }))
  traffic.count(request({ status: 499, ms: 9000 }))
  traffic.count(request({ sha: 'two' }))
  traffic.count(request({ environment: 'staging' }))
  traffic.count(request({ app: 'other' }))
  time += 60_000
  traffic.count(request({ status: 503 }))
  const minute = '2025-11-20T10:00:00.000Z'
  const row = { environment: 'production', sha: 'one', route: 'GET /practices/:id', minute }
  const once = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  expect(await traffic.read('shop', 'production', START)).toEqual([
    { ...row, requests: 3, failed: 1, latency: [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1] },
    { ...row, sha: 'two', requests: 1, failed: 0, latency: once },
    { ...row, minute: '2025-11-20T10:01:00.000Z', requests: 1, failed: 1, latency: once },
  ])
})

test('a bound belongs to its own bucket', () => {
  expect([0, 5, 5.01, 10, 5000, 5001].map(bucketOf)).toEqual([0, 0, 1, 1, 9, 10])
  expect(minuteOf(new Date(time))).toBe('2025-11-20T10:00:00.000Z')
})

test('since means from that minute on', async () => {
  const traffic = open()
  for (let i = 0; i < 4; i++) {
    traffic.count(request())
    time += 60_000
  }
  const minutes = (await traffic.read('shop', 'production', '2025-11-20T10:01:59Z')).map((row) =>
    row.minute.slice(11, 16),
  )
  expect(minutes).toEqual(['10:01', '10:02', '10:03'])
})

test('routes beyond the cap of a minute are counted together, per environment', async () => {
  const traffic = open()
  const name = (n: number) => `/${[...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`
  for (let n = 0; n < MAX_ROUTES + 20; n++) traffic.count(request({ path: name(n) }))
  traffic.count(request({ path: name(0) }))
  traffic.count(request({ environment: 'staging', path: '/fresh' }))
  const rows = await traffic.read('shop', 'production', START)
  expect(rows.length).toBe(MAX_ROUTES + 1)
  expect(rows.find((row) => row.route === OTHER)).toMatchObject({ requests: 20 })
  expect(rows.find((row) => row.route === `GET ${name(0)}`)).toMatchObject({ requests: 2 })
  expect(await traffic.read('shop', 'staging', START)).toMatchObject([{ route: 'GET /fresh' }])
})

test('what was flushed survives, and goes on in the same minute', async () => {
  const first = open()
  first.count(request())
  first.flush()
  first.count(request({ path: '/lost/with/the/kill' }))
  const second = open()
  second.count(request())
  expect(await second.read('shop', 'production', START)).toMatchObject([{ requests: 2, route: 'GET /practices/:id' }])
})

test('a minute that a kill wrote twice counts once, and with all it had', async () => {
  const first = open()
  first.count(request())
  first.flush()
  first.count(request())
  time += 60_000
  first.count(request({ path: '/next' }))
  const second = open()
  second.flush()
  const rows = await second.read('shop', 'production', START)
  expect(rows).toMatchObject([{ requests: 2, route: 'GET /practices/:id' }])
})

test('a line cut short by a kill spoils no other', async () => {
  const first = open()
  first.count(request())
  time += 60_000
  first.flush()
  appendFileSync(join(folder, '2025-11-20 shop.jsonl'), '\n{"app":"shop","minu')
  first.count(request())
  time += 60_000
  expect((await first.read('shop', 'production', START)).map((row) => row.requests)).toEqual([1, 1])
})

test('days beyond the kept ones are removed', () => {
  writeFileSync(join(folder, '2025-10-15 shop.jsonl'), '')
  writeFileSync(join(folder, '2025-10-16 shop.jsonl'), '')
  const traffic = open()
  traffic.count(request())
  time += 60_000
  traffic.flush()
  expect(readdirSync(folder).sort()).toEqual(['2025-10-16 shop.jsonl', '2025-11-20 shop.jsonl', 'current.json'])
})
