import { describe, expect, test } from 'vitest'
import { LATENCY_BUCKETS_MS } from '../../lib/domain/deployment.ts'
import { countDrained, readDrain } from '../../lib/parse/vercelDrain.ts'

const NOW = new Date('2026-11-20T03:00:30.000Z')
const AT = NOW.getTime()

/** A line of a request, as the host writes it. */
const line = (more: Record<string, unknown> = {}, proxy: Record<string, unknown> = {}) => ({
  ...{ id: '1', deploymentId: 'dpl_1', projectId: 'prj_1', source: 'lambda', host: 'shop.example.com', timestamp: AT },
  ...{ level: 'info', environment: 'production', requestId: 'r1', statusCode: 200, path: '/api/orders/7' },
  proxy: {
    timestamp: AT,
    method: 'GET',
    host: 'shop.example.com',
    path: '/api/orders/7?a=b',
    statusCode: 200,
    ...proxy,
  },
  ...more,
})
const array = (...lines: unknown[]) => readDrain(JSON.stringify(lines), NOW)
const only = (one: unknown) => array(one)?.[0]

describe('what is a request', () => {
  test('its route, its minute and its deployment; nothing of its query', () => {
    expect(only(line())).toEqual({
      ...{ key: 'r1', project: 'prj_1', deployment: 'dpl_1', route: 'GET /api/orders/:id' },
      ...{ minute: '2026-11-20T03:00:00.000Z', failed: false, ms: null },
    })
  })

  test.each<[string, unknown]>([
    ['a line of a build', line({ source: 'build', proxy: undefined })],
    ['a firewall’s', line({ source: 'firewall' })],
    ['a line without a request', line({ proxy: undefined })],
    ['one that names no deployment', line({ deploymentId: undefined })],
    ['one that names no project', line({ projectId: 7 })],
    ['one without any name', line({ requestId: undefined, id: undefined })],
    ['one without a status', line({ statusCode: undefined }, { statusCode: undefined })],
    ['one whose time is no number', line({ timestamp: 'now' }, { timestamp: null })],
    ['one of an hour before, whose name may be forgotten', line({}, { timestamp: AT - 50 * 60_000 - 1 })],
    ['one of the future', line({}, { timestamp: AT + 300_001 })],
    ['no object at all', 'GET /'],
    ['nothing', null],
  ])('%s is none', (_, one) => {
    expect(array(one)).toEqual([])
  })

  test.each([
    ['just fifty minutes old', AT - 50 * 60_000],
    ['just five minutes ahead', AT + 300_000],
  ])('one that is %s still counts', (_, timestamp) => {
    expect(array(line({}, { timestamp }))).toHaveLength(1)
  })

  test.each([
    [199, false],
    [404, false],
    [499, false],
    [500, true],
    [504, true],
    [-1, true],
  ])('status %i', (statusCode, failed) => {
    expect(only(line({}, { statusCode }))?.failed).toBe(failed)
    expect(only(line({ statusCode, proxy: { timestamp: AT, path: '/' } }))?.failed).toBe(failed)
  })

  test('a crash without an answer has failed, whatever the edge said', () => {
    expect(only(line({ statusCode: -1 }))?.failed).toBe(true)
  })

  test('its duration, where the runtime reported one', () => {
    expect(only(line({ message: 'REPORT RequestId: 1 Duration: 12.5 ms Billed Duration: 13 ms' }))?.ms).toBe(12.5)
    expect(only(line({ message: 'Duration: 12 ms' }))?.ms).toBeNull()
  })
})

describe('a request in several lines is one', () => {
  test('with the worst of what they say', () => {
    const printed = line({ id: '2', message: 'Error: no', level: 'error' }, { statusCode: 500 })
    const found = array(line({ message: 'REPORT RequestId: 1 Duration: 7 ms' }), printed, line({ id: '3' }))
    expect(found).toEqual([expect.objectContaining({ key: 'r1', failed: true, ms: 7 })])
  })

  test('lines without a request’s name are told apart by their own', () => {
    const lines = ['1', '2', '1'].map((id) => line({ id, requestId: undefined }))
    expect(array(...lines)?.map(({ key }) => key)).toEqual(['1', '2'])
  })

  test('and of two projects two', () => {
    expect(array(line(), line({ projectId: 'prj_2' }))).toHaveLength(2)
  })
})

describe('both encodings', () => {
  const lines = [line(), line({ requestId: 'r2' })]
  test('an array and one object a line say the same', () => {
    const ndjson = lines.map((one) => JSON.stringify(one)).join('\n')
    expect(readDrain(ndjson, NOW)).toEqual(array(...lines))
    expect(readDrain(`\n ${ndjson}\r\n`, NOW)).toEqual(array(...lines))
    expect(readDrain(JSON.stringify(lines[0]), NOW)).toHaveLength(1)
  })

  test('a line that was cut spoils no other', () => {
    const cut = `${JSON.stringify(lines[0])}\n${JSON.stringify(lines[1]).slice(0, 100)}`
    expect(readDrain(cut, NOW)?.map(({ key }) => key)).toEqual(['r1'])
  })

  test.each(['', '   ', '[', '[1', '{"a":', 'hello'])('%j is no batch', (text) => {
    expect(readDrain(text, NOW)).toBeNull()
  })

  test('a hundred thousand lines are read in time, up to a limit', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => line({ requestId: `r${i}` }))
    const began = performance.now()
    expect(array(...many)).toHaveLength(50_000)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('counts', () => {
  const request = {
    key: 'r',
    project: 'prj_1',
    deployment: 'dpl_1',
    route: 'GET /',
    minute: '2026-11-20T03:00:00.000Z',
  }

  test('by deployment, route and minute, in one order', () => {
    const requests = [
      { ...request, failed: false, ms: 5 },
      { ...request, failed: true, ms: 5.1 },
      { ...request, deployment: 'dpl_0', failed: false, ms: null },
      { ...request, minute: '2026-11-20T02:59:00.000Z', failed: false, ms: 99_999 },
    ]
    const counts = countDrained(requests)
    expect(counts).toEqual(countDrained([...requests].reverse()))
    expect(
      counts.map(({ deployment, minute, requests: n, failed }) => [minute.slice(14, 16), deployment, n, failed]),
    ).toEqual([
      ['59', 'dpl_1', 1, 0],
      ['00', 'dpl_0', 1, 0],
      ['00', 'dpl_1', 2, 1],
    ])
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
    expect(counts.map(({ latency }) => sum(latency))).toEqual([1, 0, 2])
    expect(counts[0]?.latency[LATENCY_BUCKETS_MS.length]).toBe(1)
    expect(counts[2]?.latency.slice(0, 2)).toEqual([1, 1])
  })

  test('of nothing are none', () => expect(countDrained([])).toEqual([]))
})
