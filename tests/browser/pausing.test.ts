import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ADesk, openDesk } from './desk.ts'
import { someone } from './people.ts'
import { seedProject } from './seed.ts'

const BOARD = '/dashboard/agent-control'
let desk: ADesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const open: BrowserContext[] = []
afterEach(() => Promise.all(open.splice(0).map((context) => context.close())))

let projects = 0
type States = Parameters<typeof seedProject>[3]

/** The board of a project of its own, as a person sees it. */
async function board(states: States = ['noticed']) {
  const slug = `p-${++projects}`
  const { id, issues } = await seedProject(desk.sql, desk.admin, { slug, name: `Project ${slug}` }, states)
  const context = await desk.visit()
  open.push(context)
  const page = await context.newPage()
  await page.goto(`${BOARD}?project=${slug}`)
  const standing = async () =>
    (
      await desk.sql`select paused_at is not null as paused, paused_by as by, paused_why as why from projects where id = ${id}`
    )[0]
  const times = async (what: string) =>
    (await desk.sql`select 1 from audit where project = ${id} and what = ${what}`).length
  return { id, slug, issues, page, context, standing, times }
}

const answer = (page: Page) => page.getByRole('status').first()
const control = (page: Page) => page.getByRole('region', { name: 'Control' })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

test('pausing and resuming, by keyboard alone, each with its answer in focus', async () => {
  const { page, standing } = await board()
  await page.getByText('Pause…').focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('a bad feeling')
  await page.keyboard.press('Enter')
  await answer(page).getByText('Paused.').waitFor()
  expect(await focused(page)).toContain('No call is under way any more')
  await control(page)
    .getByText(/^Since .* by Owner: a bad feeling$/)
    .waitFor()
  expect(await standing()).toEqual({ paused: true, by: 'Owner', why: 'a bad feeling' })

  await page.getByText('Resume…').press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('not this one')
  await page.keyboard.press('Enter')
  await answer(page).getByText('That is not the password.').waitFor()
  expect(await standing()).toMatchObject({ paused: true })
  await control(page).getByLabel('Your password again').first().fill(desk.stack.secrets.ownerPassword)
  await page.keyboard.press('Enter')
  await answer(page).getByText('At work again.').waitFor()
  await control(page).getByText('At work', { exact: true }).waitFor()
  expect(await standing()).toMatchObject({ paused: false })
})

test('what somebody types stays while the page refreshes around it', async () => {
  const { page, slug } = await board()
  await page.getByText('Pause…').click()
  const why = page.getByLabel('Why (may be left empty)')
  await why.fill('half a sent')
  await desk.admin`update nightshift.projects set name = 'Another name' where slug = ${slug}`
  await page.getByRole('heading', { level: 1, name: 'Another name' }).waitFor()
  expect(await why.inputValue()).toBe('half a sent')
  expect(await why.evaluate((field) => document.activeElement === field)).toBe(true)
})

test('a call whose end is unknown is named, and the page says draining until it is known', async () => {
  const { page, id } = await board()
  await desk.admin`
    insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
    values (${id}, 'x:promote:production', 'release:9', 'promote', 'change', 'production', 'd-8', '{}', now() - interval '1 second', 1)`
  await control(page).getByText('Calling: promote to production since').waitFor()
  await page.getByText('Pause…').click()
  await page.getByText('Right now 1 call is under way: promote to production.').waitFor()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await answer(page).getByText('Draining: 1 call still under way.').waitFor()
  await answer(page)
    .getByText(/promote to production since .*: its end is unknown/)
    .waitFor()
  await control(page).getByText('Draining: 1 call under way').waitFor()
  await desk.admin`update nightshift.effects set state = 'failed' where project = ${id}`
  await control(page).getByText('Paused', { exact: true }).waitFor()
})

test('rolling back and pausing takes a reason, says what it does, and does both', async () => {
  const { page, id, issues, standing } = await board(['soaking'])
  await page.getByText('Pause…').click()
  await page.getByText('Or pause, and take the release back at once').waitFor()
  const button = page.getByRole('button', { name: 'Roll back and pause' })
  await button.click()
  expect(await standing()).toMatchObject({ paused: false })
  await page.getByLabel('Why', { exact: true }).fill('it smells')
  await button.click()
  await answer(page).getByText(`The release of issue ${issues.soaking} is being rolled back.`).waitFor()
  expect(await standing()).toMatchObject({ paused: true, why: 'it smells' })
  const [release] =
    await desk.sql`select state, back_by, facts->'back'->>'why' as why from releases where project = ${id}`
  expect(release).toMatchObject({ state: 'rolling-back', why: 'Owner rolled it back: it smells' })
  expect(release?.backBy).not.toBeNull()
})

test('a click that got lost, or whose answer did, is sent again as the same request', async () => {
  const { page, times } = await board()
  const keys: (string | undefined)[] = []
  await page.route('**/api/control/pause', async (route) => {
    keys.push(route.request().headers()['idempotency-key'])
    // The first never arrives; the second does, and its answer is lost.
    if (keys.length > 1) await route.fetch()
    return route.abort()
  })
  await page.getByText('Pause…').click()
  const why = page.getByLabel('Why (may be left empty)')
  await why.fill('a bad feeling')
  await why.press('Enter')
  await answer(page).getByText('No answer came').waitFor()
  expect(await times('control.paused')).toBe(0)
  expect(await why.inputValue()).toBe('a bad feeling')
  await why.press('Enter')
  await control(page).getByText('Paused', { exact: true }).waitFor()
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
  expect(await times('control.paused')).toBe(1)
})

test('a double click is one request', async () => {
  const { page, times } = await board()
  let sent = 0
  page.on('request', (request) => {
    if (request.url().includes('/api/control/')) sent += 1
  })
  await page.getByText('Pause…').click()
  await page.getByRole('button', { name: 'Pause', exact: true }).dblclick()
  await answer(page).getByText('Paused.').waitFor()
  expect([sent, await times('control.paused')]).toEqual([1, 1])
})

test('nothing that was typed or pinned for one project is carried to the next', async () => {
  const here = await board()
  const there = await board()
  const { page } = here
  await page.reload()
  await page.getByText('Pause…').click()
  await page.getByLabel('Why (may be left empty)').fill('for the first')
  await page.getByRole('link', { name: `Project ${there.slug}` }).click()
  await page.getByRole('heading', { level: 1, name: `Project ${there.slug}` }).waitFor()
  const why = page.getByLabel('Why (may be left empty)')
  expect(await why.isVisible()).toBe(false)
  await page.getByText('Pause…').click()
  expect(await why.inputValue()).toBe('')
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await answer(page).getByText('Paused.').waitFor()
  expect([(await here.standing())?.paused, (await there.standing())?.paused]).toEqual([false, true])
})

test('whoever only looks is shown how things stand, and no form anywhere', async () => {
  const { page, context, slug, issues } = await board(['soaking', 'proven'])
  const [, value = ''] = (await someone(desk, 'viewer')).cookie.split(/=(.*)/s)
  await context.clearCookies()
  await context.addCookies([{ name: 'nightshift', value, url: desk.stack.url }])
  for (const path of [
    `?project=${slug}`,
    `/policy?project=${slug}`,
    `/audit?project=${slug}`,
    `/issues/${issues.soaking}`,
    `/issues/${issues.proven}`,
  ]) {
    await page.goto(`${BOARD}${path}`)
    expect([path, await page.locator('main form').count()]).toEqual([path, 0])
  }
})
