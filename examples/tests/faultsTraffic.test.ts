import { expect, test } from 'vitest'
import { FAULTS, type Fault, isFault } from '../traffic/faults.ts'
import { noiseFrom } from '../traffic/noise.ts'
import { randomFrom } from '../traffic/random.ts'
import { visitsFrom } from '../traffic/visits.ts'

const COUNT = 6000
function asked(faults: readonly Fault[]): string[] {
  const visits = visitsFrom(7, {}, faults)
  return Array.from({ length: COUNT }, () => visits.next().value).map(
    ({ method, path, body }) => `${method} ${path} ${body ?? ''}`,
  )
}

/** What makes each fault fail, as it is sent. */
const FAILS: Record<Fault, RegExp> = {
  launch: /^POST \/api\/campaigns\/launch .*"practiceId":"p-9/,
  await: /^GET \/api\/practices\/p-\d\/rooms/,
  body: /^POST \/api\/patients\/consents (?!\{"pt-\d":true\}$)/,
  import: /^GET \/api\/reports\/invoices\?format=csv/,
  critical: /^POST \/api\/appointments\/book .*"slotId":"s-9/,
  billing: /^POST \/api\/billing\/refund/,
  breaks: /^GET \/api\/reports\/activity\?practice=p-91/,
  upstream: /^GET \/api\/directory\//,
  slow: /^GET \/api\/reports\/yearly/,
  consequence: /^GET \/api\/referrals\/ref-9\d\/letter/,
}
const count = (lines: string[], pattern: RegExp) => lines.filter((line) => pattern.test(line)).length

test.each(FAULTS)('%s alone: it is met, and no other is', (fault) => {
  const lines = asked([fault])
  expect(count(lines, FAILS[fault])).toBeGreaterThan(COUNT / 100)
  for (const other of FAULTS.filter((one) => one !== fault))
    expect([other, count(lines, FAILS[other])]).toEqual([other, 0])
})

test('all of them: each is met, and together far less than half of all requests fail', () => {
  const lines = asked(FAULTS)
  for (const fault of FAULTS) expect([fault, count(lines, FAILS[fault]) > COUNT / 100]).toEqual([fault, true])
  const failing = FAULTS.filter((fault) => fault !== 'slow').reduce((sum, fault) => sum + count(lines, FAILS[fault]), 0)
  expect(failing / COUNT).toBeLessThan(0.4)
})

test('the slow route is asked so seldom that it does not decide the 95th percentile of the app', () => {
  expect(count(asked(FAULTS), FAILS.slow) / COUNT).toBeLessThan(0.04)
})

test('with none of them nothing fails', () => {
  const lines = asked([])
  for (const fault of FAULTS) expect([fault, count(lines, FAILS[fault])]).toEqual([fault, 0])
})

test.each([
  ['launch', true],
  ['lunch', false],
  ['', false],
])('%s is a fault: %s', (name, is) => {
  expect(isFault(name)).toBe(is)
})

test('noise is of every kind, repeats itself for a seed, and meets no fault', () => {
  const make = (seed: number) => {
    const random = randomFrom(seed)
    return Array.from({ length: 2000 }, () => noiseFrom(random))
  }
  expect(make(7)).toEqual(make(7))
  const raw = make(7).filter((one) => one !== 'browser')
  expect(2000 - raw.length).toBeGreaterThan(100)
  expect(raw.filter(({ cut }) => cut !== null).length).toBeGreaterThan(100)
  const lines = raw.map(({ bytes }) => {
    const [head = '', body = ''] = bytes.split('\r\n\r\n')
    return `${head.split('\r\n')[0]?.replace(' HTTP/1.1', '')} ${body}`
  })
  for (const fault of FAULTS) expect([fault, count(lines, FAILS[fault])]).toEqual([fault, 0])
})
