import { expect, test } from 'vitest'
import { provenBy } from '../../lib/adapters/supabase/claims.ts'

const ISSUER = 'https://ref.supabase.co/auth/v1'
const NOW = new Date('2026-11-29T12:00:00Z')
const seconds = NOW.getTime() / 1000
const header = { alg: 'ES256', kid: 'k', typ: 'JWT' }
const claims = {
  ...{ sub: '0b1f3f3c-6a5e-4d0c-9f0e-2a1b3c4d5e6f', iss: ISSUER, aud: 'authenticated', role: 'authenticated' },
  ...{ exp: seconds + 60, iat: seconds - 30, is_anonymous: false, email: 'ada@example.com' },
  amr: [{ method: 'password', timestamp: seconds - 3000 }],
}
const read = (more: object = {}, head: object = header) =>
  provenBy({ header: head, claims: { ...claims, ...more } }, ISSUER, NOW)

test('what is for us is read, with when it was proven', () => {
  expect(read()).toMatchObject({ subject: claims.sub, provedAt: new Date(NOW.getTime() - 3_000_000) })
  expect(read({ aud: ['other', 'authenticated'] })).not.toBeNull()
  expect(read({}, { alg: 'RS256', kid: 'k' })).not.toBeNull()
})

test('a session has one name through every renewal, and no other session of anybody’s has it', () => {
  const of = (more: object) => read(more)!.session
  const session_id = '5d7c2f7e-9f35-4c8e-8a53-0d8f8e3ad001'
  expect(of({ session_id, exp: seconds + 9000, iat: seconds })).toBe(of({ session_id }))
  const others = [{ session_id: '5d7c2f7e-9f35-4c8e-8a53-0d8f8e3ad002' }, { session_id, sub: session_id }, {}]
  for (const other of others) expect(of(other)).not.toBe(of({ session_id }))
})

test.each([
  ['no signature', {}, { alg: 'none' }],
  ['a shared secret', {}, { alg: 'HS256', kid: 'k' }],
  ['no algorithm', {}, { kid: 'k' }],
  ['another issuer', { iss: 'https://other.supabase.co/auth/v1' }],
  ['an issuer that begins like ours', { iss: `${ISSUER}/x` }],
  ['no issuer', { iss: undefined }],
  ['another audience', { aud: 'anon' }],
  ['no audience', { aud: [] }],
  ['the service’s role', { role: 'service_role' }],
  ['nobody in particular', { is_anonymous: true }],
  ['a time that is over', { exp: seconds }],
  ['no end', { exp: undefined }],
  ['an end that is no number', { exp: '9999999999' }],
  ['an id that is none', { sub: 'ada' }],
])('%s is for nobody', (_, more: object, head: object = header) => {
  expect(read(more, head)).toBeNull()
})

test('only signing in proves anything: renewing does not, and what is not told is never', () => {
  const at = (amr: unknown) => read({ amr })?.provedAt?.getTime() ?? null
  const ago = (method: string, s: number) => ({ method, timestamp: seconds - s })
  expect(at([ago('password', 3000), ago('token_refresh', 5)])).toBe(NOW.getTime() - 3_000_000)
  expect(at([ago('password', 3000), ago('totp', 5)])).toBe(NOW.getTime() - 5000)
  for (const amr of [undefined, null, 'password', [], ['password'], [{ method: 'password' }], [ago('anonymous', 1)]])
    expect(at(amr)).toBeNull()
  expect(at(Array.from({ length: 21 }, () => ago('password', 1)))).toBeNull()
  // A clock that goes ahead makes no proof last.
  expect(at([ago('password', -3600)])).toBe(NOW.getTime())
})

test('nothing is read off what its owner may write', () => {
  expect(read({ user_metadata: { role: 'owner', email: 'owner@example.com' } })).toEqual(read())
})
