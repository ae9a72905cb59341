import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedGithub, emulateGithub } from '../../emulators/github/server.ts'
import { type EmulatedVercel, startVercel } from '../../emulators/vercel/start.ts'
import { bareRepository } from '../contracts/repository.ts'
import { elsewhere, run } from './command.ts'
import { type ADesk, openDesk } from './desk.ts'
import { everything } from './people.ts'

const ROOM = '/dashboard/agent-control'
let desk: ADesk
let github: EmulatedGithub
let vercel: EmulatedVercel
let context: BrowserContext
let page: Page
beforeAll(async () => {
  github = await emulateGithub()
  github.service.host('acme/shop', bareRepository().path)
  vercel = await startVercel({ url: 'http://127.0.0.1:9', token: 'none' } as never, { verifyCode: 'code-of-the-drain' })
  desk = await openDesk({
    ...{ GITHUB_API_URL: github.url, DEPLOY: 'vercel', VERCEL_API_URL: vercel.url, VERCEL_TOKEN: vercel.token },
    VERCEL_TEAM_ID: vercel.settings.teamId,
  })
  context = await desk.visit()
  page = await context.newPage()
})
afterAll(async () => {
  await Promise.all([desk, github, vercel].map((one) => one?.close()))
})

const password = () => desk.stack.secrets.ownerPassword
const answer = () => page.locator('.answer')
/** Until the page has woken up: before that a form is only markup. */
const go = async (path: string) => {
  await page.goto(path)
  await page.waitForFunction(() => {
    const form = document.querySelector('main form')
    return !form || Object.keys(form).some((key) => key.startsWith('__reactProps'))
  })
}

test('a fresh installation says what is next, and the first project is made on a page', async () => {
  await go(`${ROOM}/connect`)
  await page.getByText('Next: project.').waitFor()
  await page.getByRole('link', { name: 'To the settings' }).first().click()
  await page.getByRole('heading', { name: 'The first project' }).waitFor()
  await page.getByLabel('Name', { exact: true }).fill('The shop')
  await page.getByLabel('Short name').fill('shop')
  await page.getByLabel('Repository', { exact: true }).fill('acme/shop')
  await page.getByLabel('App', { exact: true }).fill('shop')
  await page.getByLabel('Your password again').fill(password())
  await page.getByRole('button', { name: 'Add the project' }).click()
  await page.getByText('shop is there, at level 1.').waitFor()
  await go(`${ROOM}/settings?project=shop`)
  await page.getByText(/^http:\/\/[0-9a-f]{32}@localhost:\d+\/ingest\/1$/).waitFor()
})

test('settings are set on the page; what is wrong is said at its field', async () => {
  const form = page.locator('form').filter({ has: page.getByRole('button', { name: 'Save' }) })
  await form.getByLabel('Vercel project').fill(vercel.settings.projectId)
  await form.getByLabel('Production domain').fill('https://shop.example.com')
  await form.getByLabel('Staging domain').fill('staging.shop.example.com')
  await form.getByLabel('Your password again').fill(password())
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('a host without a scheme').first().waitFor()
  await form.locator('[name="vercel.domain"][aria-invalid]').waitFor()
  await form.getByLabel('Production domain').fill('shop.example.com')
  await form.getByLabel('Your password again').fill(password())
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  const shown = await run(['settings', '--json'], elsewhere(desk))
  expect(JSON.parse(shown.out).settings.vercel).toMatchObject({ domain: 'shop.example.com' })
})

test('the same by the command line', async () => {
  const env = { ...elsewhere(desk), NIGHTSHIFT_PASSWORD: password() }
  const set = await run(['settings', 'set', 'notify.slackChannel', 'C0SHOP01'], env)
  expect(set).toMatchObject({ code: 0, out: 'Set for shop:\n  notify.slackChannel: C0SHOP01\n' })
  expect(await run(['settings', 'set', 'notify.slackChannel', 'general'], env)).toMatchObject({ code: 2 })
  expect(await run(['settings', 'set', 'token', 'x'], env)).toMatchObject({ code: 2 })
  expect((await run(['settings', 'unset', 'notify.slackChannel'], env)).out).toContain('notify.slackChannel: –')
  const blog = await run(['project', 'add', 'blog', '--repository', 'acme/blog', '--app', 'blog'], env)
  expect(blog).toMatchObject({ code: 0, out: expect.stringMatching(/@localhost:\d+\/ingest\/2/) })
  expect(await run(['project', 'add', 'blog', '--repository', 'x', '--app', 'y'], env)).toMatchObject({ code: 3 })
})

test('an App is made at GitHub from the page, its key is shown once, and it is installed', async () => {
  await go(`${ROOM}/connect/github`)
  await page.getByRole('button', { name: 'Make the App at GitHub' }).click()
  await page.getByRole('heading', { name: 'Create GitHub App' }).waitFor()
  expect(await page.getByText('workflows').count()).toBe(0)
  await page.getByRole('button', { name: 'Create GitHub App for ada' }).click()
  // The session does not come along from there: a page that knows nobody leads on to ours.
  await page.getByRole('button', { name: 'Show its credentials' }).click()
  await page.getByText('Keep these now').waitFor()
  const told = (await answer().textContent()) ?? ''
  expect(told).toContain('GITHUB_APP_ID=4711')
  expect(told).toContain('GITHUB_PRIVATE_KEY="-----BEGIN RSA PRIVATE KEY-----\\n')
  // Nobody reaches this machine from there, so there is no webhook and no secret that is used.
  expect(github.service.site.conversions).toBe(1)
  expect(await everythingIn()).not.toContain('PRIVATE KEY')
  await page.getByRole('link', { name: 'Install it on the repository' }).click()
  await page.getByRole('button', { name: 'Install' }).click()
  await page.getByRole('heading', { name: 'The App is installed' }).waitFor()
  expect(github.service.tokens.installations).toMatchObject([{ repositories: ['acme/shop'] }])
  expect(github.service.tokens.permissions).not.toHaveProperty('administration')
})

const everythingIn = async (): Promise<string> =>
  JSON.stringify([
    await desk.admin`select * from nightshift.requests`,
    await desk.admin`select * from nightshift.connections`,
    await desk.admin`select * from nightshift.audit`,
  ])

test('what another session began is not ended here, and no code is spent on it', async () => {
  const state = `zzzzzzz.${'A'.repeat(43)}`
  await go(`${ROOM}/connect/github?code=${'a'.repeat(40)}&state=${state}`)
  await page.getByRole('heading', { name: 'This was begun elsewhere' }).waitFor()
  const before = github.calls.length
  const taken = await page.evaluate(
    async (body) => {
      const headers = { 'content-type': 'application/json' }
      const told = await fetch('/api/control/setup/github', { method: 'POST', headers, body: JSON.stringify(body) })
      return told.status
    },
    { code: 'a'.repeat(40), state },
  )
  expect(taken).toBe(409)
  expect(github.calls.length).toBe(before)
})

test('the drain and the webhook are made at Vercel once, and their secrets are shown once', async () => {
  await go(`${ROOM}/connect/vercel`)
  await page.getByLabel('Your password again').fill('not this one')
  await page.getByRole('button', { name: 'Make them' }).click()
  await page.getByText('not the password').waitFor()
  expect(vercel.store.state.drains).toEqual([])
  await page.getByLabel('Your password again').fill(password())
  await page.getByRole('button', { name: 'Make them' }).click()
  await page.getByText('Keep these now').waitFor()
  const [drain] = vercel.store.state.drains
  const [hook] = vercel.store.state.hooks
  expect(drain?.endpoint).toBe(`${desk.stack.url}/api/drains/vercel`)
  const told = (await answer().textContent()) ?? ''
  expect(told).toContain(`VERCEL_DRAIN_SECRET=${drain?.secret}`)
  expect(told).toContain(`VERCEL_WEBHOOK_SECRET=${hook?.secret}`)
  const kept = await everythingIn()
  for (const secret of [drain?.secret, hook?.secret]) expect(kept).not.toContain(secret)
  const again = await run(['setup', 'vercel'], { ...elsewhere(desk), NIGHTSHIFT_PASSWORD: password() })
  expect(again.out).toContain('The drain is there, and VERCEL_DRAIN_SECRET is not set here')
  expect(vercel.store.state.drains).toHaveLength(1)
  expect(vercel.store.state.hooks).toHaveLength(1)
})

test('the doctor says what fails and what to do, on its page and on the command line', async () => {
  const before = await everything(desk)
  await go(`${ROOM}/doctor?project=shop`)
  await page.getByRole('heading', { name: 'Deployment' }).waitFor()
  const text = (await page.locator('main').textContent()) ?? ''
  expect(text).toContain('VERCEL_DRAIN_SECRET is not set')
  expect(text).toContain('nothing has ever called it')
  expect(await everything(desk)).toBe(before)
  const answer = await (
    await fetch(`${desk.stack.url}/api/control/doctor?project=shop`, {
      headers: { authorization: `Bearer ${desk.stack.secrets.controlToken}` },
    })
  ).json()
  expect(answer).toMatchObject({ state: 'fails', sum: expect.stringMatching(/^\d+ of the \d+ things looked at fail/) })
  expect(JSON.stringify(answer)).not.toContain(vercel.token)
})

test('somebody who only looks is offered nothing', async () => {
  const { someone } = await import('./people.ts')
  const { cookie } = await someone(desk, 'viewer')
  for (const at of ['setup/github', 'setup/vercel']) {
    const told = await fetch(`${desk.stack.url}/api/control/${at}`, {
      method: 'POST',
      headers: {
        cookie,
        origin: desk.stack.url,
        'content-type': 'application/json',
        'idempotency-key': 'key-of-a-viewer',
      },
      body: '{}',
    })
    expect(told.status).toBe(403)
  }
  const html = await (await fetch(`${desk.stack.url}${ROOM}/connect/github`, { headers: { cookie } })).text()
  expect(html).toContain('Only an owner connects the code.')
  expect(html).not.toContain('name="manifest"')
})
