import { createClient } from '@supabase/supabase-js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type EmulatedAuth, startSupabaseAuth } from '../../emulators/supabase/auth.ts'

/** The stand-in, through the vendor's own client. */
let far: EmulatedAuth
beforeEach(async () => {
  far = await startSupabaseAuth()
  far.allowed.push('https://site.example')
})
afterEach(() => far.close())

const client = (key = far.key) =>
  createClient(far.url, key, { auth: { persistSession: false, autoRefreshToken: false } }).auth
const ADA = { email: 'ada@example.com', password: 'a password of ada' }

test('signing up takes a look at one’s mail, and the token is checked with public keys', async () => {
  const auth = client()
  expect((await auth.signUp(ADA)).data).toMatchObject({ session: null, user: { email: ADA.email } })
  expect((await auth.signInWithPassword(ADA)).error).toMatchObject({ code: 'email_not_confirmed', status: 400 })
  const { tokenHash } = far.store.outbox[0]!
  const { data } = await auth.verifyOtp({ token_hash: tokenHash, type: 'email' })
  expect(data.user?.email_confirmed_at).toEqual(expect.any(String))
  expect((await auth.getClaims()).data).toMatchObject({
    header: { alg: 'ES256' },
    claims: { iss: `${far.url}/auth/v1`, amr: [{ method: 'otp' }], email: ADA.email, aud: 'authenticated' },
  })
  expect(far.log).not.toContain('GET /user')
  expect((await client().verifyOtp({ token_hash: tokenHash, type: 'email' })).error).toMatchObject({
    code: 'otp_expired',
  })
})

test('nobody learns who has an account, and wrong passwords are one answer', async () => {
  far.store.confirm(far.store.add(ADA.email, ADA.password))
  const again = await client().signUp({ ...ADA, password: 'another password' })
  expect(again.data.user?.identities).toEqual([])
  expect(far.store.outbox).toEqual([])
  for (const email of [ADA.email, 'bob@example.com'])
    expect((await client().signInWithPassword({ email, password: 'x' })).error).toMatchObject({
      code: 'invalid_credentials',
    })
})

test('one mail a minute and address, and limits on calls for tokens', async () => {
  const ask = async () => (await client().signInWithOtp({ email: ADA.email })).error
  expect(await ask()).toBeNull()
  expect(await ask()).toMatchObject({ status: 429, code: 'over_email_send_rate_limit' })
  far.store.skew += 61_000
  expect(await ask()).toBeNull()
  far.tokenLimit = 0
  expect((await client().signInWithPassword(ADA)).error).toMatchObject({ status: 429 })
})

test('a refresh token works once, and again only side by side', async () => {
  far.store.confirm(far.store.add(ADA.email, ADA.password))
  const { data } = await client().signInWithPassword(ADA)
  const refresh = async () => client().refreshSession({ refresh_token: data.session!.refresh_token })
  const [one, two] = [await refresh(), await refresh()]
  expect(one.data.session?.refresh_token).toBe(two.data.session?.refresh_token)
  expect(one.data.session?.refresh_token).not.toBe(data.session!.refresh_token)
  far.store.skew += 11_000
  expect((await refresh()).error).toMatchObject({ code: 'refresh_token_already_used' })
  expect(far.store.sessions).toEqual([])
})

test('the key is asked for, and a session that ended opens nothing more', async () => {
  expect((await client('sb_publishable_other').signInWithPassword(ADA)).error).toMatchObject({ status: 401 })
  far.store.confirm(far.store.add(ADA.email, ADA.password))
  const auth = client()
  const { data } = await auth.signInWithPassword(ADA)
  expect((await auth.updateUser({ data: { role: 'owner' } })).data.user?.user_metadata).toMatchObject({ role: 'owner' })
  expect((await auth.signOut()).error).toBeNull()
  expect((await client().getUser(data.session!.access_token)).error).toMatchObject({ code: 'bad_jwt' })
})

test('GitHub’s way: a code for the verifier it was asked with, once, and to allowed places alone', async () => {
  far.store.github.push({ login: 'ada', email: ADA.email, verified: true })
  const come = async (redirectTo: string) => {
    const auth = createClient(far.url, far.key, { auth: { flowType: 'pkce', persistSession: false } }).auth
    const options = { redirectTo, skipBrowserRedirect: true }
    const { data } = await auth.signInWithOAuth({ provider: 'github', options })
    const consent = await fetch(data.url!, { redirect: 'manual' })
    const page = await (await fetch(new URL(consent.headers.get('location')!, far.url))).text()
    const link = /href="([^"]+)">Authorize as ada/.exec(page)![1]!
    const back = await fetch(new URL(link, far.url), { redirect: 'manual' })
    return { auth, to: new URL(back.headers.get('location')!) }
  }
  const { auth, to } = await come('https://site.example')
  const code = to.searchParams.get('code')!
  expect((await client().exchangeCodeForSession(code)).error).not.toBeNull()
  expect((await auth.exchangeCodeForSession(code)).data.user).toMatchObject({ email: ADA.email })
  expect((await auth.exchangeCodeForSession(code)).error).not.toBeNull()
  expect((await come('https://evil.example')).to.origin).toBe('https://site.example')
})
