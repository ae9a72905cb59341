import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ADesk, openDesk } from './desk.ts'
import { seed } from './seed.ts'

let desk: ADesk
let issue: string
beforeAll(async () => {
  desk = await openDesk()
  issue = `/dashboard/agent-control/issues/${(await seed(desk.sql, desk.admin)).cured}`
})
afterAll(() => desk.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${desk.stack.url}${path}`, { redirect: 'manual', headers })

test('every page sends a stranger to the door, and tells nothing on the way', async () => {
  const room = '/dashboard/agent-control'
  const rooms = ['settings', 'doctor', 'connect', 'connect/github', 'policy', 'audit', 'audit?verify=1', 'people']
  for (const path of [room, ...rooms.map((one) => `${room}/${one}`), issue, `${room}/issues/x`]) {
    const answer = await get(path)
    // And back to where they were going, which only we say.
    const door = path === room ? '/login' : `/login?next=${encodeURIComponent(path)}`
    expect([answer.status, answer.headers.get('location')]).toEqual([307, door])
    expect(await answer.text()).not.toContain('TypeError')
  }
  const home = await get('/')
  expect(home.headers.get('location')).toBe('/dashboard/agent-control')
})

test('a seal of somebody else opens nothing', async () => {
  const forged = 'nightshift=Fe26.2*1*aaaa*bbbb*cccc*1999999999999*dddd*eeee~2'
  const answer = await get(issue, { cookie: forged, 'nightshift-path': '/dashboard/elsewhere' })
  expect(answer.headers.get('location')).toBe(`/login?next=${encodeURIComponent(issue)}`)
})

test('a wrong password is refused in words, the right one opens, and signing out closes', async () => {
  const context = await desk.visit({ signedIn: false, width: 390 })
  const page = await context.newPage()
  await page.goto('/dashboard/agent-control')
  await page.getByLabel('Owner password').fill('not this one')
  await page.keyboard.press('Enter')
  await page.getByText('That is not the password').waitFor()
  expect(await context.cookies()).toEqual([])
  await page.getByLabel('Owner password').fill(desk.stack.secrets.ownerPassword)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Northside Clinic' }).waitFor()
  const [cookie] = await context.cookies()
  expect(cookie).toMatchObject({ name: 'nightshift', httpOnly: true, sameSite: 'Strict', path: '/' })
  expect(cookie?.value).not.toContain(desk.stack.secrets.ownerPassword)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL('**/login')
  expect(await context.cookies()).toEqual([])
  await context.close()
})

test('changing the password ends every session', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  const [owner] = await desk.admin<
    { passwordHash: string }[]
  >`select password_hash as "passwordHash" from nightshift.people`
  await desk.admin`update nightshift.people set password_hash = 'scrypt$AAAA$BBBB'`
  await page.goto(issue)
  const without = new URL(page.url()).pathname
  await desk.admin`update nightshift.people set password_hash = ${owner?.passwordHash ?? ''}`
  expect(without).toBe('/login')
  await page.goto(issue)
  expect(new URL(page.url()).pathname).toBe(issue)
  await context.close()
})

test('pages have a strict policy, and no page names its maker', async () => {
  const page = await get('/login')
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; script-src 'nonce-[^']+' 'strict-dynamic';/,
  )
  expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page.headers.get('x-powered-by')).toBeNull()
})

test('what machines call has a policy that allows nothing', async () => {
  const api = await get('/api/health')
  expect(api.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
})

test('an address that ends in a slash is not sent elsewhere: SDKs post there and follow no redirect', async () => {
  const answer = await fetch(`${desk.stack.url}/ingest/api/1/envelope/`, {
    method: 'POST',
    redirect: 'manual',
    body: 'x',
  })
  expect(answer.status).toBeGreaterThanOrEqual(400)
})

test.each(['99999', '0', '-1', '1e3', '12345678901234567890', 'x', '..%2f'])(
  'issue %s does not exist, and the page says so',
  async (id) => {
    const context = await desk.visit()
    const page = await context.newPage()
    const answer = await page.goto(`/dashboard/agent-control/issues/${id}`)
    expect(answer?.status()).toBe(404)
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor()
    await context.close()
  },
)

test('a database that lets nobody in is told as that, with what to do, and trying again helps', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  const name = new URL(desk.stack.database.appUrl).pathname.slice(1)
  const shut = postgres(serverOf(desk.stack.database.superUrl), { max: 1 })
  await shut.unsafe(`alter database "${name}" allow_connections false`)
  await shut`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name} and pid <> pg_backend_pid()`
  await page.goto('/dashboard/agent-control')
  await page.getByRole('heading', { name: 'The database cannot be used.' }).waitFor()
  await page.getByText('In the log: DATABASE_UNREACHABLE').waitFor()
  await shut.unsafe(`alter database "${name}" allow_connections true`)
  await shut.end()
  const back = page.getByRole('heading', { level: 1, name: 'Northside Clinic' })
  // As a person would: until the page has woken up and the pool has found the database again.
  for (let tries = 0; tries < 40 && !(await back.isVisible()); tries++) {
    await page
      .getByRole('button', { name: 'Try again' })
      .click({ timeout: 1000 })
      .catch(() => undefined)
    await page.waitForTimeout(500)
  }
  await back.waitFor()
  await context.close()
})

function serverOf(url: string): string {
  const other = new URL(url)
  other.pathname = '/template1'
  return other.href
}
