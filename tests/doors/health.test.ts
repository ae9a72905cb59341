import { afterAll, beforeAll, expect, test } from 'vitest'
import { GET as live } from '../../app/api/health/live/route.ts'
import { GET } from '../../app/api/health/route.ts'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { connect } from '../../lib/store/database.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
const open = globalThis as unknown as { nightshift?: unknown }
const TOKEN = 'token-of-the-command-line'
const opened = (sql: unknown) => {
  open.nightshift = {
    ...{ sql, actor: { clock: { now: () => new Date() } } },
    config: { controlToken: TOKEN, observe: { commit: 'c0ffee' } },
  }
}
beforeAll(async () => {
  db = await freshDatabase()
  await makeOwner(db.sql, 'Owner', 'a long password')
})
afterAll(async () => {
  open.nightshift = undefined
  await db.drop()
})

async function asks(bearer?: string) {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {}
  const response = await GET(new Request('http://localhost/api/health', { headers }))
  expect(response.headers.get('cache-control')).toBe('no-store')
  return { status: response.status, body: await response.json(), text: '' }
}

test('strangers are told which part is not well, whoever holds the token why', async () => {
  opened(db.sql)
  const { status, body } = await asks()
  expect(status).toBe(200)
  expect(body).toEqual({
    ...{ status: 'degraded', version: expect.stringMatching(/^\d+\./), commit: 'c0ffee', lastTickAt: null },
    checks: {
      database: { ok: true, ms: expect.any(Number) },
      ...{ migrations: { ok: true }, sandbox: { ok: false }, agents: { ok: false } },
      ...{ outbox: { ok: true }, work: { ok: true }, providers: { ok: true } },
    },
  })
  for (const wrong of ['nobodys', `${TOKEN}x`]) expect((await asks(wrong)).body.checks.agents).toEqual({ ok: false })
  const known = await asks(TOKEN)
  expect(known.body.checks.agents).toEqual({ ok: false, why: expect.stringContaining('has never looked') })
  expect(known.body.checks.outbox).toEqual({ ok: true, why: null })
})

test('without its database it is down, and alive', async () => {
  const nowhere = connect('postgres://nightshift_app:x@127.0.0.1:1/nothing', 1)
  opened(nowhere)
  expect(await asks()).toMatchObject({ status: 503, body: { status: 'down', checks: { database: { ok: false } } } })
  open.nightshift = undefined
  const alive = live()
  expect([alive.status, await alive.json()]).toEqual([200, { status: 'ok' }])
  await nowhere.end({ timeout: 0 })
})
