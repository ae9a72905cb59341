import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildClinic } from '../history/build.ts'
import { copyOf, startApp, temporary } from './app.ts'
import { crashOf, startCollector } from './collector.ts'

const SHA = '0123456789abcdef0123456789abcdef01234567'

let collector: Awaited<ReturnType<typeof startCollector>>
let app: Awaited<ReturnType<typeof startApp>>

beforeAll(async () => {
  const repository = `${temporary()}/clinic.git`
  const { main } = await buildClinic({ into: repository })
  collector = await startCollector()
  app = await startApp(copyOf(repository, main), {
    SENTRY_DSN: collector.dsn,
    SENTRY_RELEASE: SHA,
    SENTRY_ENVIRONMENT: 'production',
  })
})

afterAll(async () => {
  await app.stop()
  collector.stop()
})

test('a launch for a missing practice fails and is reported with request, user and crash site', async () => {
  const body = '{"practiceId":"p-97","channel":"email"}'
  const response = await app.post('/api/campaigns/launch?from=board', body, { 'x-user-id': 'u-3', authorization: 'x' })
  expect(response.status).toBe(500)
  expect(await response.json()).toEqual({ error: 'internal' })

  const event = await collector.event(0)
  expect(event).toMatchObject({ release: SHA, environment: 'production', user: { id: 'u-3' } })
  expect(event.request).toMatchObject({
    method: 'POST',
    url: `${app.base}/api/campaigns/launch?from=board`,
    data: body,
    headers: { 'content-type': 'application/json', 'x-user-id': 'u-3', authorization: 'x' },
  })
  expect(crashOf(event)).toEqual({
    type: 'TypeError',
    message: "Cannot read properties of undefined (reading 'id')",
    path: 'src/routes/campaigns.ts',
    function: 'launchCampaign',
  })
  expect(event.exception.values[0]?.mechanism.handled).toBe(false)
})

test('a user stays with his own request', async () => {
  const seen = collector.events.length
  const users = ['u-1', 'u-2', 'u-4']
  await Promise.all(
    users.map((user) => app.post('/api/campaigns/launch', `{"practiceId":"p-9${user}"}`, { 'x-user-id': user })),
  )
  await collector.event(seen + 2)
  for (const event of collector.events.slice(seen)) expect(event.request.data).toContain(event.user.id)
})

/** A caller who leaves in the middle of his body. */
async function goAway() {
  const socket = connect(app.port, '127.0.0.1')
  socket.write('POST /api/campaigns/launch HTTP/1.1\r\nHost: clinic\r\nContent-Length: 40\r\n\r\n{"practiceId"')
  await new Promise((resolve) => setTimeout(resolve, 100))
  socket.resetAndDestroy()
  await once(socket, 'close')
}

test('answers below 500 and callers who leave report nothing', async () => {
  const seen = collector.events.length
  expect((await app.post('/api/campaigns/launch', '{')).status).toBe(400)
  expect((await app.get('/api/practices/p-97')).status).toBe(404)
  await goAway()
  await app.post('/api/campaigns/launch', '{"practiceId":"p-91"}', { 'x-user-id': 'last' })
  expect((await collector.event(seen)).user.id).toBe('last')
})
