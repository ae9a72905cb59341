import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildClinic } from '../history/build.ts'
import { copyOf, run, startApp, temporary } from './app.ts'
import { crashOf, startCollector } from './collector.ts'

const repository = `${temporary()}/clinic.git`
let main: string
let collector: Awaited<ReturnType<typeof startCollector>>
let app: Awaited<ReturnType<typeof startApp>>

beforeAll(async () => {
  main = (await buildClinic({ into: repository })).main
  collector = await startCollector()
  app = await startApp(copyOf(repository, main), { SENTRY_DSN: collector.dsn })
})

afterAll(async () => {
  await app.stop()
  collector.stop()
})

const missing = (name: string) => `Cannot read properties of undefined (reading '${name}')`

/** Request, then what crashes and where. The ninth is slow and the tenth shows only in production: see below. */
const FAULTS: [string, string | null, { type: string; message: string; path: string | undefined }][] = [
  ['/api/campaigns/launch', '{"practiceId":"p-97"}', at('TypeError', missing('id'), 'src/routes/campaigns.ts')],
  ['/api/practices/p-1/rooms', null, at('TypeError', 'week.filter is not a function', 'src/routes/rota.ts')],
  ['/api/patients/consents', '{"pt-1":', at('SyntaxError', 'Unexpected end of JSON input', 'src/routes/patients.ts')],
  ['/api/reports/invoices?format=csv', null, at('ReferenceError', 'pounds is not defined', 'src/reports/csv.js')],
  [
    '/api/appointments/book',
    '{"slotId":"s-97","patientId":"pt-1"}',
    at('TypeError', missing('patientId'), 'src/routes/appointments.ts'),
  ],
  ['/api/billing/refund', '{"invoiceId":"inv-97"}', at('TypeError', missing('pence'), 'src/billing/refunds.ts')],
  ['/api/reports/activity?practice=p-91', null, at('TypeError', missing('name'), 'src/reports/activity.ts')],
  ['/api/directory/G7', null, at('TypeError', 'fetch failed', undefined)],
  ['/api/referrals/ref-97/letter', null, at('TypeError', missing('patientId'), 'src/referrals/letter.ts')],
]

/** `fetch` fails without a stack of its own: no path. */
function at(type: string, message: string, path: string | undefined) {
  return { type, message, path }
}

test.each(FAULTS)('%s %s fails in its own place', async (path, body, crash) => {
  const seen = collector.events.length
  const response = body === null ? await app.get(path) : await app.post(path, body)
  expect(response.status).toBe(500)
  expect(crashOf(await collector.event(seen))).toMatchObject(crash)
})

test('an upstream that is down shows its network code as the cause', async () => {
  const seen = collector.events.length
  await app.get('/api/directory/G8')
  const [cause] = (await collector.event(seen)).exception.values
  expect(cause?.value).toContain('ECONNREFUSED')
})

test('the slow route waits between its pages, the others do not wait for it', async () => {
  const order: string[] = []
  const slow = app.get('/api/reports/yearly').then(({ status }) => order.push(`yearly ${status}`))
  for (let health = 0; health < 2; health += 1) order.push(`health ${(await app.get('/healthz')).status}`)
  await slow
  expect(order).toEqual([...Array<string>(2).fill('health 200'), 'yearly 200'])
})

/** The clinic with a line put in front of another one of a file. */
function withGuard(path: string, before: string, guard: string): string {
  const folder = copyOf(repository, main)
  const text = readFileSync(join(folder, path), 'utf8')
  expect(text).toContain(before)
  writeFileSync(join(folder, path), text.replace(before, `${guard}\n${before}`))
  return folder
}

const statusIn = async (folder: string, environment: string, path: string, body?: string) => {
  const env = { CLINIC_ENV: environment, SENTRY_DSN: collector.dsn }
  const guarded = await startApp(folder, env)
  const { status } = body ? await guarded.post(path, body) : await guarded.get(path)
  await guarded.stop()
  return status
}

test('a guarded letter is well everywhere but in production, where it fails anew', async () => {
  const guard = "  if (!referral) return reply(res, 404, { error: 'referral not found' })"
  const folder = withGuard('src/referrals/letter.ts', '  const patient = findPatient', guard)
  const path = '/api/referrals/ref-97/letter'
  expect(await statusIn(folder, 'test', path)).toBe(404)
  expect(await statusIn(folder, 'staging', path)).toBe(404)
  const seen = collector.events.length
  expect(await statusIn(folder, 'production', path)).toBe(500)
  expect(crashOf(await collector.event(seen))).toMatchObject({
    path: 'src/referrals/reply.ts',
    message: missing('name'),
  })
})

test('a guarded launch is well in production too', async () => {
  const guard = "  if (!practice) return json(res, 404, { error: 'practice not found' })"
  const folder = withGuard('src/routes/campaigns.ts', '  const recipients =', guard)
  expect(await statusIn(folder, 'production', '/api/campaigns/launch', '{"practiceId":"p-97"}')).toBe(404)
})

test('an early answer in the activity report breaks a test that stands', () => {
  const guard = "  if (!practice) return json(res, 404, { error: 'practice not found' })"
  const folder = withGuard('src/reports/activity.ts', '  const years =', guard)
  const failed = run(folder, 'npm test').stdout.match(/^not ok .+$/gm)
  expect(failed?.map((line) => line.replace(/^not ok \d+ - /, ''))).toEqual([
    'a practice nobody visited has no activity',
  ])
})
