import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedAuth, startSupabaseAuth } from '../../emulators/supabase/auth.ts'
import { hmac } from '../../emulators/supabase/authKeys.ts'
import { type ADesk, openDesk } from './desk.ts'
import { send } from './people.ts'
import { seedProject } from './seed.ts'

/** People with accounts, from the invitation to the last request, with a Supabase Auth of the test's own. */
let far: EmulatedAuth
let desk: ADesk
let issue: string
let elsewhere: string
const BOARD = '/dashboard/agent-control'
const OWNER = 'olga@example.com'
const contexts = new Map<string, BrowserContext>()

beforeAll(async () => {
  far = await startSupabaseAuth()
  desk = await openDesk({
    ...{ AUTH: 'supabase', AUTH_SUPABASE_URL: far.url, AUTH_SUPABASE_KEY: far.key, OWNER_EMAIL: OWNER },
  })
  far.allowed.push(desk.stack.url, `${desk.stack.url}/auth/callback`)
  const clinic = await seedProject(desk.sql, desk.admin, {}, ['waiting-for-you'])
  const blog = await seedProject(desk.sql, desk.admin, { slug: 'blog', name: 'The blog' }, ['proven'])
  issue = `${BOARD}/issues/${clinic.issues['waiting-for-you']}`
  elsewhere = `${BOARD}/issues/${blog.issues.proven}`
})
afterAll(async () => {
  await desk.close()
  await far.close()
})

async function visitor(name: string, options: { width?: number; dark?: boolean } = {}): Promise<Page> {
  const context = await desk.visit({ signedIn: false, ...options })
  contexts.set(name, context)
  return context.newPage()
}

/** Asks for a link at the door, opens it as a mail program does, then as the person. */
async function byLink(page: Page, email: string): Promise<void> {
  far.store.skew += 61_000
  await page.goto('/login')
  await page.getByLabel('E-mail', { exact: true }).fill(email)
  await page.getByRole('button', { name: 'E-mail me a link' }).click()
  await page.getByText('If this address may come in, a link is on its way').waitFor()
  const mail = far.store.outbox.at(-1)
  if (mail?.to !== email) return
  const link = `${desk.stack.url}/auth/confirm?token_hash=${mail.tokenHash}&type=email`
  expect((await fetch(link)).status).toBe(200)
  await page.goto(link)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const cookieOf = async (name: string): Promise<string> =>
  (await contexts.get(name)!.cookies()).map((one) => `${one.name}=${one.value}`).join('; ')

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.goto(`${BOARD}/people`)
  const form = page.getByRole('region', { name: 'Invite somebody' })
  await form.getByLabel('E-mail').fill(email)
  await form.getByRole('radio', { name: new RegExp(`^${role}`, 'i') }).check()
  await form.getByRole('checkbox', { name: 'Northside Clinic' }).check()
  await form.getByRole('button', { name: 'Invite' }).click()
  await page.getByText(`${email} is invited for 7 days.`).waitFor()
}

test('the owner’s address opens the door, and leads to where they were going', async () => {
  const page = await visitor('owner')
  await page.goto(`${BOARD}/policy`)
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
    `/login?next=${encodeURIComponent(`${BOARD}/policy`)}`,
  )
  await byLink(page, OWNER)
  await page.waitForURL(`**${BOARD}`)
  const cookies = await contexts.get('owner')!.cookies()
  const session = cookies.filter(({ name }) => name.startsWith('nightshift-auth'))
  expect(session.length).toBeGreaterThan(0)
  for (const cookie of session) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  expect(await page.content()).not.toContain(far.key)
})

test('nobody is written to who was not invited, and the door says the same', async () => {
  const page = await visitor('eve')
  const before = far.store.outbox.length
  await byLink(page, 'eve@example.com')
  expect(far.store.outbox).toHaveLength(before)
})

test('an operator comes by invitation, sees one project, and approves', async () => {
  const owner = contexts.get('owner')!.pages()[0]!
  await invite(owner, 'otto@example.com', 'operator')
  const page = await visitor('operator')
  await byLink(page, 'otto@example.com')
  await page.waitForURL(`**${BOARD}`)
  await page.getByRole('heading', { level: 1, name: 'Northside Clinic' }).waitFor()
  expect(await page.getByText('The blog').count()).toBe(0)
  expect((await page.goto(elsewhere))?.status()).toBe(404)
  await page.goto(`${BOARD}?project=blog`)
  await page.getByRole('heading', { level: 1, name: 'Northside Clinic' }).waitFor()
  await page.goto(issue)
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByText('Approved up to production for 72 hours.').waitFor()
  await page.goto(`${BOARD}/audit`)
  await page.getByText('otto@example.com').first().waitFor()
  await page.goto(`${BOARD}/people`)
  await page.getByRole('region', { name: 'You' }).getByText('operator').waitFor()
  expect(await page.getByText(OWNER).count()).toBe(0)
})

test('a viewer comes through GitHub, and is offered nothing to decide', async () => {
  await invite(contexts.get('owner')!.pages()[0]!, 'vera@example.com', 'viewer')
  far.store.github.push({ login: 'vera', email: 'Vera@example.com', verified: true })
  const page = await visitor('viewer')
  await page.goto(`/login?next=${encodeURIComponent(issue)}`)
  await page.getByRole('link', { name: 'Sign in with GitHub' }).click()
  await page.getByRole('link', { name: 'Authorize as vera' }).click()
  await page.waitForURL(`**${issue}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (const path of [issue, BOARD, `${BOARD}/policy`, `${BOARD}/people`]) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    const offered = await page.locator('main form button[type=submit]').allTextContents()
    expect([path, offered.filter((name) => name !== 'Choose it')]).toEqual([path, []])
  }
})

test('whoever says no at GitHub, or comes with somebody else’s code, is not in', async () => {
  const page = await visitor('nobody')
  await page.goto('/login')
  await page.getByRole('link', { name: 'Sign in with GitHub' }).click()
  await page.getByRole('link', { name: 'Cancel' }).click()
  await page.waitForURL('**/login?problem=wrong')
  await page.getByText('That did not work').waitFor()
  const code = far.store.code(far.store.byEmail(OWNER)!, 'x', 'plain')
  await page.goto(`/auth/callback?code=${code}`)
  await page.waitForURL('**/login?problem=wrong')
})

test('at the door: role by verb by project, and no forged session', async () => {
  const cookies = {
    owner: await cookieOf('owner'),
    operator: await cookieOf('operator'),
    viewer: await cookieOf('viewer'),
  }
  const ask = async (cookie: string, verb: string, body: object) =>
    (await send(desk, { verb, body, headers: { cookie } })).status
  const blog = { project: 'blog', why: 'x' }
  expect(await ask(cookies.viewer, 'pause', { project: 'clinic' })).toBe(403)
  expect(await ask(cookies.operator, 'pause', blog)).toBe(404)
  expect(await ask(cookies.operator, 'pause', { project: 'nowhere' })).toBe(404)
  expect(await ask(cookies.operator, 'invite', { email: 'a@b.example', role: 'owner', projects: [] })).toBe(403)
  expect(await ask(cookies.owner, 'pause', blog)).toBe(200)
  const read = async (cookie: string, path: string) => {
    const answer = await fetch(`${desk.stack.url}/api/control/${path}`, { headers: { cookie } })
    return { status: answer.status, text: await answer.text() }
  }
  for (const path of ['status', 'report', 'doctor', 'setup']) {
    const { status, text } = await read(cookies.viewer, path)
    expect([path, status, text.includes('blog')]).toEqual([path, 200, false])
  }
  expect((await read(cookies.viewer, 'audit?project=blog')).status).toBe(404)
  expect((await read(cookies.viewer, `show/${elsewhere.split('/').at(-1)}`)).status).toBe(404)
  expect((await read(cookies.owner, `show/${elsewhere.split('/').at(-1)}`)).status).toBe(200)
  const owner = far.store.sessions.find(({ user }) => user === far.store.byEmail(OWNER)?.id)!
  const claims = far.store.claims(owner)
  const stranger = await startSupabaseAuth()
  for (const token of [
    stranger.store.keys.signed(claims),
    far.store.keys.signed({ ...claims, iss: `${stranger.url}/auth/v1` }),
    far.store.keys.signed({ ...claims, exp: 1 }),
    hmac({ alg: 'HS256', kid: far.store.keys.keys[0]!.kid }, claims, JSON.stringify(far.store.keys.jwks())),
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
  ]) {
    const session = { access_token: token, refresh_token: 'x', token_type: 'bearer', expires_at: 9e9, expires_in: 9e9 }
    const cookie = `nightshift-auth=base64-${Buffer.from(JSON.stringify(session)).toString('base64url')}`
    expect(await ask(cookie, 'pause', { project: 'clinic' })).toBe(401)
  }
  await stranger.close()
})

test('a page renews a session whose token has run out, and the browser keeps the new one', async () => {
  await invite(contexts.get('owner')!.pages()[0]!, 'rita@example.com', 'viewer')
  far.store.nextLife = -60 - (far.store.skew + 61_000) / 1000
  const page = await visitor('renewed')
  await byLink(page, 'rita@example.com')
  await page.waitForURL(`**${BOARD}`)
  const session = async () => (await contexts.get('renewed')!.cookies()).find(({ name }) => name === 'nightshift-auth')
  await page.reload()
  const renewed = await session()
  expect(renewed).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
  const calls = far.log.filter((call) => call === 'POST /token').length
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Northside Clinic' }).waitFor()
  expect(far.log.filter((call) => call === 'POST /token')).toHaveLength(calls)
})

test('whoever is removed is at the door with their next click, and their name stays in the audit', async () => {
  const owner = contexts.get('owner')!.pages()[0]!
  await owner.goto(`${BOARD}/people`)
  const row = owner.getByRole('listitem').filter({ hasText: 'otto@example.com' })
  await row.getByText('Remove…').click()
  await row.getByRole('button', { name: 'Remove' }).click()
  await owner.getByText('From now on they are nobody here').waitFor()
  const page = contexts.get('operator')!.pages()[0]!
  await page.goto(issue)
  expect(new URL(page.url()).pathname).toBe('/login')
  await owner.getByRole('button', { name: 'Sign out' }).click()
  await owner.waitForURL('**/login')
  expect((await contexts.get('owner')!.cookies()).filter(({ name }) => name.startsWith('nightshift-auth'))).toEqual([])
})
