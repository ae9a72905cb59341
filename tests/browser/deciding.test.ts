import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type ADesk, openDesk } from './desk.ts'
import { fixId, type State, seedProject } from './seed.ts'

let desk: ADesk
beforeAll(async () => {
  desk = await openDesk()
})
afterAll(() => desk.close())

const open: BrowserContext[] = []
afterEach(() => Promise.all(open.splice(0).map((context) => context.close())))

let projects = 0

/** The page of an issue in this state, in a project of its own. */
async function issue(state: State) {
  const slug = `p-${++projects}`
  const { id: project, issues } = await seedProject(desk.sql, desk.admin, { slug, name: slug }, [state])
  const context = await desk.visit()
  open.push(context)
  const page = await context.newPage()
  await page.goto(`/dashboard/agent-control/issues/${issues[state]}`)
  const fix = fixId(issues[state], 1)
  const approvals = () => desk.sql`select * from approvals where fix = ${fix}`
  const anew = () =>
    desk.admin`update nightshift.projects set policy_version = policy_version + 1 where id = ${project}`
  return { page, project, fix, approvals, anew, id: issues[state] }
}

const answer = (page: Page) =>
  page
    .getByRole('region', { name: /decision|decide|Decisions/ })
    .getByRole('status')
    .first()
const why = (page: Page) => page.getByRole('textbox', { name: 'Why', exact: true })
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

test('approving: exactly what is shown is bound, and the page lists the yes', async () => {
  const { page, fix, approvals, project } = await issue('waiting-for-you')
  const decision = page.getByRole('region', { name: 'Your decision' })
  const [kept] = await desk.sql`select tree, base from fixes where id = ${fix}`
  for (const bound of [fix, kept?.tree, kept?.base, 'policy version 1', '72 hours'])
    await decision.getByText(bound).first().waitFor()
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('Approved up to production for 72 hours.').waitFor()
  expect(await focused(page)).toContain('void as soon as')
  await page.getByRole('list', { name: 'Approvals' }).getByText('Holds, not used yet.').waitFor()
  const [yes] = await approvals()
  expect(yes).toMatchObject({ ...kept, fix, project, target: 'production', policyVersion: 1, usedBy: null })
  expect(+yes?.expiresAt - +yes?.at).toBeCloseTo(72 * 3_600_000, -4)
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('It was approved up to production already.').waitFor()
  expect(await approvals()).toHaveLength(1)
})

test('staging alone can be approved, by keyboard', async () => {
  const { page, approvals } = await issue('proven')
  await page.getByRole('radio', { name: /^Production/ }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  expect(await focused(page)).toBe('Approve')
  await page.keyboard.press('Enter')
  await answer(page).getByText('Approved up to staging').waitFor()
  expect(await approvals()).toMatchObject([{ target: 'staging' }])
})

test('a policy that changed under the open page: the yes is refused with the reason, and asked for anew', async () => {
  const { page, approvals, anew } = await issue('waiting-for-you')
  await page.getByRole('button', { name: 'Stop refreshing' }).click()
  await anew()
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('The gate said no.').waitFor()
  await answer(page).getByText('the policy changed since this was shown').waitFor()
  expect(await approvals()).toHaveLength(0)
  await page.getByText('policy version 2', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('Approved up to production').waitFor()
  expect(await approvals()).toMatchObject([{ policyVersion: 2 }])
})

test('a tree that is another one by now is not approved for the one that was shown', async () => {
  const { page, approvals, fix } = await issue('proven')
  await page.getByRole('button', { name: 'Stop refreshing' }).click()
  await desk.admin`update nightshift.fixes set tree = ${'d'.repeat(40)} where id = ${fix}`
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('this is not the tree that was proven').waitFor()
  expect(await approvals()).toHaveLength(0)
  await page.getByText('d'.repeat(40)).waitFor()
})

test('a page that goes on by itself does not change what a yes is about: it says so, and waits to be looked at', async () => {
  const { page, approvals, anew } = await issue('waiting-for-you')
  await anew()
  await page.getByText('This changed since you began').waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).isDisabled()).toBe(true)
  await page.getByText('policy version 1', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Go on with how it stands now' }).click()
  await page.getByText('policy version 2', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('Approved up to production').waitFor()
  expect(await approvals()).toMatchObject([{ policyVersion: 2 }])
})

test('a yes that went void says why', async () => {
  const { page, anew } = await issue('waiting-for-you')
  await page.getByRole('button', { name: 'Approve' }).click()
  await answer(page).getByText('Approved up to production').waitFor()
  await anew()
  await page.getByText('Void: given under policy version 1, now it is 2.').waitFor()
})

test('rejecting takes a reason; the patch is gone for good, and the answer outlives its form', async () => {
  const { page, fix } = await issue('proven')
  await page.getByText('Reject…').click()
  const button = page.getByRole('button', { name: 'Reject' })
  await button.click()
  const withdrawn = async () => (await desk.sql`select withdrawn, withdrawn_why as why from fixes where id = ${fix}`)[0]
  expect(await withdrawn()).toMatchObject({ withdrawn: false })
  await why(page).fill('404 is not what we want')
  await button.click()
  const told = 'Owner rejected it: 404 is not what we want'
  await page.getByRole('heading', { name: 'Attempts that came back' }).waitFor()
  expect(await withdrawn()).toEqual({ withdrawn: true, why: told })
  await page.getByText(`Taken back, and never comes again: ${told}`).waitFor()
  expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)
  expect(await focused(page)).toContain('The patch never comes again')
})

test('a rejection that comes too late is refused with the reason', async () => {
  const { page, fix } = await issue('soaking')
  await page.getByRole('button', { name: 'Stop refreshing' }).click()
  await desk.admin`update nightshift.releases set state = 'watching' where fix = ${fix}`
  await page.getByText('Reject…').click()
  await why(page).first().fill('no')
  await page.getByRole('button', { name: 'Reject' }).click()
  await answer(page).getByText('it is on its way to production: roll it back instead').waitFor()
})

test('a cured release is taken back from its page: ordered first, and never called done before it is', async () => {
  const { page, fix } = await issue('cured')
  await page.getByText('Roll back…').click()
  await page.getByText('Production serves 9b1c2d3 again, the merge cc11bb2 leaves main').waitFor()
  const button = page.getByRole('button', { name: 'Roll back' })
  await button.click()
  const state = async () => (await desk.sql`select state from releases where fix = ${fix}`)[0]?.state
  expect(await state()).toBe('cured')
  await why(page).fill('finance calls')
  await button.click()
  await answer(page).getByText('The rollback is ordered.').waitFor()
  expect(await state()).toBe('rolling-back')
  await page.getByText('Turned back here').waitFor()
  await page.getByText('A person ordered it back').waitFor()
  expect(await page.getByText('Rolled back', { exact: true }).count()).toBe(0)
})
