import { expect, test } from 'vitest'
import { RENAMED } from '../history/rename.ts'
import { randomFrom } from '../traffic/random.ts'
import { USERS, type Visit, visitsFrom } from '../traffic/visits.ts'

function take(count: number, seed: number, words?: Record<string, string>): Visit[] {
  const visits = visitsFrom(seed, words)
  return Array.from({ length: count }, () => visits.next().value)
}

const share = (part: number, whole: number) => part / whole

test('numbers depend on the seed alone and fill the range', () => {
  const [one, again, other] = [randomFrom(1), randomFrom(1), randomFrom(2)]
  const numbers = Array.from({ length: 10_000 }, () => one.next())
  expect(Array.from({ length: 10_000 }, () => again.next())).toEqual(numbers)
  expect(other.next()).not.toBe(numbers[0])
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...numbers)).toBeLessThan(1)
  const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length)
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('seven users, each with every kind of request', () => {
  const visits = take(4000, 7)
  expect(new Set(visits.map(({ user }) => user))).toEqual(new Set(USERS))
  expect(USERS).toHaveLength(7)
  const launching = visits.filter(({ path }) => path.endsWith('/launch'))
  expect(new Set(launching.map(({ user }) => user)).size).toBe(7)
})

test('a quarter are launches, and a quarter of those miss', () => {
  const visits = take(4000, 7)
  const launches = visits.filter(({ path }) => path === '/api/campaigns/launch')
  expect(share(launches.length, visits.length)).toBeCloseTo(0.25, 1)
  const misses = launches.filter(({ body }) => /"practiceId":"p-9\d"/.test(body ?? ''))
  expect(share(misses.length, launches.length)).toBeCloseTo(0.25, 1)
})

test('no route with another fault is asked for what makes it fail', () => {
  const asked = take(4000, 7).map(({ method, path, body }) => `${method} ${path} ${body ?? ''}`)
  const failing = [
    ...[/\/rooms/, /\/consents/, /format=csv/, /\/refund/, /\/directory/, /\/yearly/, /\/letter/],
    ...[/activity\?practice=p-9/, /"slotId":"(?!s-p-[1-6]-(mon|tue|wed)-0920")/],
  ]
  for (const pattern of failing) expect(asked.filter((line) => pattern.test(line))).toEqual([])
})

test('a slot is always booked for the same patient', () => {
  const bookings = take(4000, 7).flatMap(({ path, body }) => (path.endsWith('/book') && body ? [body] : []))
  const patients = new Map<string, string>()
  for (const booking of bookings) {
    const { slotId, patientId } = JSON.parse(booking) as { slotId: string; patientId: string }
    expect(patients.get(slotId) ?? patientId).toBe(patientId)
    patients.set(slotId, patientId)
  }
  expect(patients.size).toBe(18)
})

test('renamed requests are the same requests in other words', () => {
  const [plain, renamed] = [take(200, 7), take(200, 7, RENAMED)]
  expect(renamed.map(({ user }) => user)).toEqual(plain.map(({ user }) => user))
  expect(JSON.stringify(renamed)).not.toMatch(/practice|campaign|launch/)
})
