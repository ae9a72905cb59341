import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { orderOf, whoIs } from '../../app/guard.ts'
import { isSealedState, sealedState } from '../../app/sealedState.ts'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { dice, mutated, OF_THE_HEADER } from './mutations.ts'

/** The command line's token, and what goes along to another site and comes back: ten thousand forged ones of each. */
const EACH = 10_000
const TOKEN = randomBytes(24).toString('base64url')
let db: FreshDatabase
const open = globalThis as unknown as { nightshift?: unknown }

beforeAll(async () => {
  db = await freshDatabase()
  await makeOwner(db.sql, 'Olga', 'a password that is long')
  open.nightshift = { sql: db.sql, config: { controlToken: TOKEN } }
})
afterAll(async () => {
  open.nightshift = undefined
  await db.drop()
})

const door = { header: 'authorization', secret: TOKEN, sign: (secret: string) => `Bearer ${secret}` }
const honest = { headers: { authorization: `Bearer ${TOKEN}` }, body: Buffer.from('{}') }
const request = (headers: Record<string, string>) =>
  new Request('http://localhost/api/control/pause', { method: 'POST', headers, body: '{}' })

test('no other token is the owner’s, and the right one is', async () => {
  const known: string[] = []
  for (const { name, knock } of mutated([honest], door, OF_THE_HEADER, EACH)) {
    if (!knock.headers.authorization) continue
    const who = await whoIs(request(knock.headers)).catch((error: { code?: string }) => error.code)
    if (who !== 'UNAUTHENTICATED') known.push(`${name}: ${JSON.stringify(who)}`)
  }
  expect(known).toEqual([])
  expect(await whoIs(request(honest.headers))).toMatchObject({ name: 'Olga', role: 'owner', via: 'cli' })
})

test('a state that came back holds in its session, for its purpose, for an hour, as it was', () => {
  const now = Date.parse('2026-11-29T03:00:00Z')
  const begun = { secret: 's'.repeat(40), session: 'sub 5d7c2f7e', purpose: 'github-app' }
  const state = sealedState(begun, now)
  const draw = dice(7)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.'
  for (let n = 0; n < EACH; n++) {
    const at = draw(state.length)
    const other = alphabet.replace(state[at]!, '')[draw(64)]!
    const changed = [
      state.slice(0, at) + other + state.slice(at + 1),
      state.slice(0, at),
      `${state}${other}`,
      `${other}${state}`,
      state.slice(0, at) + state.slice(at + 1),
    ][n % 5]!
    if (changed !== state && isSealedState(begun, changed, now)) throw new Error(`${n}: ${changed}`)
  }
  for (const more of [{ session: 'sub other' }, { session: '' }, { purpose: 'github-install' }, { secret: 'x' }])
    expect(isSealedState({ ...begun, ...more }, state, now)).toBe(false)
  expect(isSealedState({ ...begun, session: '' }, sealedState({ ...begun, session: '' }, now), now)).toBe(false)
  expect([0, 3_599_000, 3_600_000, 9e9].map((later) => isSealedState(begun, state, now + later))).toEqual([
    ...[true, true, false, false],
  ])
})

test('an order that never ends is not read, whoever sends it', async () => {
  let read = 0
  const body = new ReadableStream<Uint8Array>({
    pull(to) {
      read += 65_536
      if (read > 16 * 1024 * 1024) to.close()
      else to.enqueue(new Uint8Array(65_536).fill(32))
    },
  })
  const order = new Request('http://localhost/', { method: 'POST', body, duplex: 'half' } as RequestInit)
  await expect(orderOf(order)).rejects.toMatchObject({ code: 'MALFORMED' })
  expect(read).toBeLessThan(1024 * 1024)
  const fits = new Request('http://localhost/', { method: 'POST', body: JSON.stringify({ why: 'é' }) })
  expect((await orderOf(fits)).body).toEqual({ why: 'é' })
})
