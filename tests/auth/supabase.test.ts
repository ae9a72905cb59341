import { afterAll, beforeAll, expect, test } from 'vitest'
import { hmac } from '../../emulators/supabase/authKeys.ts'
import { admit } from '../../lib/actions/admit.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type House, OWNER, openHouse } from './house.ts'
import { type Browser, browser } from './jar.ts'

let db: FreshDatabase
let house: House
beforeAll(async () => {
  db = await freshDatabase()
  house = await openHouse(db.sql)
})
afterAll(async () => {
  await house.close()
  await db.drop()
})

/** The same browser with another token in its session. */
function withToken(own: Browser, change: (token: string) => string): Browser {
  const [name, value] = [...own.cookies].find(([one]) => /^__Host-nightshift-auth(\.0)?$/.test(one))!
  const session = JSON.parse(Buffer.from(value.replace('base64-', ''), 'base64url').toString('utf8'))
  session.access_token = change(session.access_token)
  return browser({ [name]: `base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}` })
}
const claimsIn = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'))

test('the first sign-in with the owner’s address makes the owner, and the next one finds them', async () => {
  const { own } = await house.owner()
  expect(await house.auth.visitor(own)).toMatchObject({ person: { role: 'owner', email: OWNER, name: OWNER } })
  const again = await house.byLink(OWNER)
  expect(again.isIn).toBe(true)
  expect(await db.sql`select 1 from people where role = 'owner'`).toHaveLength(1)
})

test('the session’s cookies are out of reach of scripts and other sites', async () => {
  const { own } = await house.owner()
  const wishes = [...own.wishes].filter(([name]) => name.startsWith('__Host-nightshift-auth'))
  expect(wishes.length).toBeGreaterThan(0)
  for (const [, wish] of wishes)
    expect(wish).toMatchObject({ httpOnly: true, secure: true, sameSite: 'strict', path: '/' })
  await house.auth.githubAddress(own, 'https://night.example.com/auth/callback')
  const verifier = [...own.wishes].find(([name]) => name.endsWith('-code-verifier'))
  expect(verifier?.[1]).toMatchObject({ httpOnly: true, secure: true, sameSite: 'lax', maxAge: 600 })
})

test('no stranger’s token opens anything', async () => {
  const { own } = await house.owner()
  const other = await openHouse(db.sql)
  const { keys } = house.far.store
  const forged: [string, (token: string) => string][] = [
    ['another project’s, signed by it', (token) => other.far.store.keys.signed(claimsIn(token))],
    [
      'this project’s key, another’s issuer',
      (token) => keys.signed({ ...claimsIn(token), iss: 'https://x.supabase.co/auth/v1' }),
    ],
    ['expired', (token) => keys.signed({ ...claimsIn(token), exp: 1 })],
    ['for another audience', (token) => keys.signed({ ...claimsIn(token), aud: 'anon' })],
    ['of the service itself', (token) => keys.signed({ ...claimsIn(token), role: 'service_role' })],
    ['of nobody in particular', (token) => keys.signed({ ...claimsIn(token), is_anonymous: true })],
    ['of an id that is none', (token) => keys.signed({ ...claimsIn(token), sub: "' or true --" })],
    ['unsigned', (token) => `${part({ alg: 'none', typ: 'JWT' })}.${token.split('.')[1]}.`],
    [
      'unsigned, with the key’s name',
      (token) => `${part({ alg: 'none', kid: keys.keys[0]!.kid })}.${token.split('.')[1]}.`,
    ],
    [
      'the public key as a shared secret',
      (token) => hmac({ alg: 'HS256', kid: keys.keys[0]!.kid }, claimsIn(token), JSON.stringify(keys.jwks())),
    ],
    [
      'another person’s claims under the old signature',
      (token) =>
        [token.split('.')[0], part({ ...claimsIn(token), sub: crypto.randomUUID() }), token.split('.')[2]].join('.'),
    ],
    ['no token', () => 'x'],
    ['nothing', () => ''],
  ]
  for (const [what, change] of forged)
    expect([what, await house.auth.visitor(withToken(own, change))]).toEqual([what, null])
  for (const value of ['', 'base64-', 'base64-e30', 'base64-bnVsbA', '{"access_token":7}', 'x'.repeat(5000)])
    expect(await house.auth.visitor(browser({ '__Host-nightshift-auth': value }))).toBeNull()
  expect(await house.auth.visitor(withToken(own, (token) => token))).not.toBeNull()
  await other.close()
})
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

test('a token under a shared secret is refused, although the project itself takes it', async () => {
  const { own } = await house.owner()
  house.far.store.keys.legacySecret = 'the one secret of a project that never moved'
  const legacy = withToken(own, (token) => house.far.store.keys.signed(claimsIn(token)))
  expect(await house.auth.visitor(legacy)).toBeNull()
  expect(house.far.log.at(-1)).toBe('GET /user')
  house.far.store.keys.legacySecret = null
})

test('a session is renewed when its token has run out, and one used token twice ends it', async () => {
  const { own: other } = await house.byLink(OWNER)
  // The client goes by the real clock, so the token itself is made to have run out.
  house.far.store.tokenLife = -100 - house.far.store.skew / 1000
  const { own: short } = await house.byLink(OWNER)
  house.far.store.tokenLife = 3600
  const copy = browser(Object.fromEntries(short.cookies))
  await house.auth.refresh(short)
  expect(short.header()).not.toBe(copy.header())
  expect(await house.auth.visitor(short)).toMatchObject({ person: { email: OWNER } })
  house.far.store.skew += 11_000
  expect(await house.auth.visitor(copy)).toBeNull()
  expect(house.far.log.slice(-1)).toEqual(['POST /token'])
  expect(await house.auth.visitor(other)).not.toBeNull()
})

test('whoever is not invited is nobody, whatever they write about themselves', async () => {
  const { isIn, own, admission } = await house.byLink('eve@example.com')
  expect(admission).toHaveProperty('account')
  expect(isIn).toBe(false)
  expect(await house.auth.visitor(own)).toBeNull()
  const user = house.far.store.byEmail('eve@example.com')!
  Object.assign(user.metadata, { email: OWNER, email_verified: true, role: 'owner', sub: 'x' })
  const again = await house.byLink('eve@example.com')
  expect(again.isIn).toBe(false)
})

test('an address that nobody verified is nobody’s', async () => {
  const { store } = house.far
  const who = (await house.owner()).who
  const { invite } = await import('../../lib/store/members.ts')
  await invite(db.sql, who, 'new@example.com', { role: 'operator', projects: [] })
  store.github.push({ login: 'not-new', email: 'new@example.com', verified: false })
  expect(await throughGithub('not-new')).toBeNull()
  store.byEmail('new@example.com')!.password = 'a password of eve'
  expect(await house.auth.byPassword(browser(), 'new@example.com', 'a password of eve')).toEqual({ no: 'unconfirmed' })
  // Somebody else confirms what eve had made: her password must not open it.
  const user = store.byEmail('new@example.com')!
  store.confirm(user)
  expect(await house.auth.byPassword(browser(), 'new@example.com', 'a password of eve')).toEqual({ no: 'first' })
  const eves = store.begin(user, 'password')
  const { isIn } = await house.byLink('new@example.com')
  expect(isIn).toBe(true)
  expect(await house.auth.byPassword(browser(), 'new@example.com', 'a password of eve')).toEqual({ no: 'wrong' })
  expect(store.sessions).not.toContain(eves)
})

test('a project that verifies no addresses lets nobody new in', async () => {
  const { store } = house.far
  const { invite } = await import('../../lib/store/members.ts')
  await invite(db.sql, (await house.owner()).who, 'ann@example.com', { role: 'viewer', projects: [] })
  store.autoconfirm = true
  const { admission, isIn, own } = await house.byLink('ann@example.com')
  expect([admission, isIn]).toEqual([{ no: 'unverifiable' }, false])
  expect(await house.auth.visitor(own)).toBeNull()
  house.far.faults.push({ on: /settings/, times: 1, what: { kind: 'before', status: 500 } })
  store.autoconfirm = false
  expect((await house.byLink('ann@example.com')).admission).toEqual({ no: 'unverifiable' })
  expect((await house.byLink('ann@example.com')).isIn).toBe(true)
})

/** Presses the button, says yes at GitHub, and comes back; the browser is in or null. */
async function throughGithub(login: string, own = browser(), back = own): Promise<Browser | null> {
  const away = await house.auth.githubAddress(own, 'https://night.example.com/auth/callback')
  const consent = await fetch(away, { redirect: 'manual' })
  const state = new URL(consent.headers.get('location')!, house.far.url).searchParams.get('state')
  const answer = await fetch(`${house.far.url}/auth/v1/callback?state=${state}&code=${login}`, { redirect: 'manual' })
  const code = new URL(answer.headers.get('location')!).searchParams.get('code')
  if (!code) return null
  const admission = await house.auth.byCode(back, code)
  return 'account' in admission && (await admit(db.sql, house.choice, admission.account)) ? back : null
}

test('GitHub’s verified address opens the invitation, in the browser that asked alone', async () => {
  const { invite } = await import('../../lib/store/members.ts')
  await invite(db.sql, (await house.owner()).who, 'cat@example.com', { role: 'operator', projects: [] })
  house.far.store.github.push({ login: 'cat', email: 'Cat@example.com', verified: true })
  expect(await throughGithub('cat', browser(), browser())).toBeNull()
  const own = await throughGithub('cat')
  expect(own && (await house.who(own))).toMatchObject({ role: 'operator', name: 'cat@example.com' })
})

test('a link opens once', async () => {
  await house.byLink(OWNER)
  const { tokenHash } = house.far.store.outbox.at(-1)!
  expect(await house.auth.byLink(browser(), tokenHash, 'email')).toEqual({ no: 'wrong' })
})

test('a service that does not answer is told as that, and signs nobody out', async () => {
  const { own } = await house.owner()
  house.far.store.keys.rotate()
  house.far.faults.push({ on: /jwks/, times: 20, what: { kind: 'before', status: 503 } })
  const fresh = withToken(own, (token) => house.far.store.keys.signed(claimsIn(token)))
  await expect(house.auth.visitor(fresh)).rejects.toMatchObject({ code: 'SIGN_IN_UNREACHABLE' })
  house.far.faults.length = 0
  expect(await house.auth.visitor(fresh)).not.toBeNull()
  house.far.tokenLimit = 0
  expect(await house.auth.byPassword(browser(), OWNER, 'x')).toEqual({ no: 'limited' })
  house.far.tokenLimit = 1000
})

test('before what weighs more: a password, or a sign-in of the last ten minutes', async () => {
  const { own } = await house.byLink(OWNER)
  const who = await house.who(own)
  expect(await house.auth.again(who, null)).toBe('proven')
  const late = { ...who, provedAt: new Date(house.far.store.now() - 601_000) }
  expect(await house.auth.again(late, null)).toBe('needed')
  expect(await house.auth.again({ ...who, provedAt: null }, null)).toBe('needed')
  // The state folder's token signs nobody in.
  expect(await house.auth.again({ ...who, via: 'cli' }, null)).toBe('needed')
  expect(await house.auth.choosePassword(own, 'short')).toBe('weak')
  expect(await house.auth.choosePassword(own, 'a password I chose')).toBe('chosen')
  const sessions = house.far.store.sessions.length
  expect(await house.auth.again(late, 'a password I chose')).toBe('proven')
  expect(house.far.store.sessions).toHaveLength(sessions)
  expect(await house.auth.again(late, 'another')).toBe('wrong')
  expect('account' in (await house.auth.byPassword(browser(), OWNER, 'a password I chose'))).toBe(true)
})

test('whoever signs out is out, there and here', async () => {
  const { own } = await house.byLink(OWNER)
  const sessions = house.far.store.sessions.length
  await house.auth.signOut(own)
  expect(own.header()).not.toContain('nightshift-auth=')
  expect(await house.auth.visitor(own)).toBeNull()
  expect(house.far.store.sessions).toHaveLength(sessions - 1)
})
