import type { BrowserContext, Page } from 'playwright-core'
import postgres from 'postgres'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { note } from '../../lib/store/audit.ts'
import { HOSTILE } from '../components/sample.ts'
import { type ADesk, openDesk } from './desk.ts'
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

/** A page of a project of its own: the board, its policy or its audit. */
async function at(room: '' | '/policy' | '/audit') {
  const slug = `p-${++projects}`
  const { id, issues } = await seedProject(desk.sql, desk.admin, { slug, name: slug }, ['noticed'])
  const context = await desk.visit()
  open.push(context)
  const page = await context.newPage()
  const visit = (more = '') => page.goto(`${BOARD}${room}?project=${slug}${more}`)
  await visit()
  const project = async () =>
    (await desk.sql`select level, policy, policy_version, cap_per_day from projects where id = ${id}`)[0]
  return { id, slug, issues, page, visit, project }
}

const answer = (page: Page) => page.locator('main').getByRole('status').first()
const withPassword = (page: Page) => page.getByLabel('Your password again').fill(desk.stack.secrets.ownerPassword)

test('level 3 is refused without its record, each thing that is missing on a line of its own', async () => {
  const { page, project } = await at('')
  await page.getByText('Change the level…').click()
  await page.getByLabel('Level 3: full').check()
  await withPassword(page)
  await page.getByRole('button', { name: 'Change to level 3' }).click()
  await answer(page).getByText('Level 3 is earned at level 2.').waitFor()
  await answer(page).getByText('0 of 30 days at level 2.', { exact: true }).waitFor()
  await answer(page).getByText('0 of 10 cured in the last 30 days.', { exact: true }).waitFor()
  expect(await project()).toMatchObject({ level: 2, policyVersion: 1 })
})

test('down is one click without a password; the table marks the new level', async () => {
  const { page, project } = await at('')
  await page.getByText('Change the level…').click()
  await page.getByLabel('Level 1: propose').check()
  expect(await page.getByLabel('Your password again').count()).toBe(0)
  await page.getByRole('button', { name: 'Change to level 1' }).click()
  await answer(page).getByText('Level 1 from now on.').waitFor()
  await page.getByText('Level 1: propose', { exact: true }).first().waitFor()
  await page.getByText('What each level may do alone').first().click()
  await page.getByRole('columnheader', { name: '1 propose (now)' }).waitFor()
  expect(await project()).toMatchObject({ level: 1, policyVersion: 2 })
})

test('a policy is changed with the password, and the history says who changed what', async () => {
  const { page, project } = await at('/policy')
  await page.getByLabel('Open from').selectOption('09:00')
  await page.getByLabel('Until').selectOption('18:00')
  await page.getByLabel('Saturday').uncheck()
  await page.getByLabel('Sunday').uncheck()
  await page.getByLabel('Time zone').selectOption('Europe/Berlin')
  await page.getByLabel('Freezes').fill('2026-12-20 2027-01-03 Year end')
  await page.getByLabel('Soak (seconds)').fill('900')
  await page.getByLabel('Promotions a day').fill('5')
  await page.getByLabel('Protected paths').fill('src/money/**\nops/*.sql')
  await withPassword(page)
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await answer(page).getByText('Saved as version 2.').waitFor()
  const history = page.getByRole('region', { name: 'History' })
  for (const change of [
    'Production hours: 00:00–24:00, every day, Europe/London → 09:00–18:00, Mon–Fri, Europe/Berlin',
    'Freezes: + 2026-12-20 to 2027-01-03: Year end',
    'Soak: 10 min on staging → 15 min on staging',
    'Promotions: at most 10 a day → at most 5 a day',
    'Protected: + src/money/**, + ops/*.sql',
  ])
    await history.getByText(change).waitFor()
  await history.getByText('Owner', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Save as version 3' }).waitFor()
  expect(await project()).toMatchObject({
    policyVersion: 2,
    capPerDay: 5,
    policy: { approvalHours: 72, soakSeconds: 900 },
  })
})

test('what is wrong is said at its field, and what was typed stays', async () => {
  const { page, project } = await at('/policy')
  await page.getByLabel('Freezes').fill('2026-12-20 2027-01-03 Year end\n2026-02-30 2026-03-01 No such day')
  await page.getByLabel('Soak (seconds)').fill('900')
  await withPassword(page)
  await page.getByRole('button', { name: 'Save as version 2' }).click()
  await answer(page).getByText('The request is not what it should be.').waitFor()
  const freezes = page.getByLabel('Freezes')
  await page.getByText(/^Line 2: does not exist/).waitFor()
  expect(await freezes.getAttribute('aria-invalid')).toBe('true')
  expect(await freezes.inputValue()).toContain('No such day')
  expect(await page.getByLabel('Soak (seconds)').inputValue()).toBe('900')
  expect(await page.getByLabel('Your password again').inputValue()).toBe('')
  expect(await project()).toMatchObject({ policyVersion: 1 })
})

test('a policy that somebody else changed meanwhile is not overwritten, and nothing typed is lost without a word', async () => {
  const { page, id, project } = await at('/policy')
  await page.getByLabel('Soak (seconds)').fill('900')
  await desk.admin`update nightshift.projects set policy_version = 2, cap_per_day = 7 where id = ${id}`
  await page.getByText('This changed since you began: now it is version 2.').waitFor()
  expect(await page.getByLabel('Soak (seconds)').inputValue()).toBe('900')
  expect(await page.getByRole('button', { name: 'Save as' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'Go on with how it stands now' }).click()
  expect(await page.getByLabel('Promotions a day').inputValue()).toBe('7')
  await page.getByRole('button', { name: 'Save as version 3' }).waitFor()
  expect(await project()).toMatchObject({ policyVersion: 2 })
})

test('hostile text in the audit is text: nothing runs, nothing leads elsewhere', async () => {
  const { page, id, visit, issues } = await at('/audit')
  const heard: string[] = []
  page.on('dialog', (dialog) => {
    heard.push(dialog.message())
    void dialog.dismiss()
  })
  const text = Object.values(HOSTILE).join(' ')
  await note(desk.sql, id, text, text, {
    issue: text,
    why: text,
    decision: { reasons: [text], answer: text },
    key: text,
  })
  await note(desk.sql, id, 'watcher', 'issue.opened', { issue: issues.noticed, severity: 'P2', why: text })
  await visit()
  await page.locator('.audit details').first().locator('summary').click()
  await page.getByText(HOSTILE.script).first().waitFor()
  expect(await page.locator('main script, main img').count()).toBe(0)
  const links = await page.locator('main a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''))
  expect(links.filter((href) => !href.startsWith('/dashboard/'))).toEqual([])
  expect(heard).toEqual([])
})

test('the audit by pages of a hundred and by kind, each way there and back', async () => {
  const { page, id, visit, slug } = await at('/audit')
  await desk.admin`select nightshift.note(${id}, 'watcher', 'work.stuck', '{}') from generate_series(1, 249)`
  await desk.sql`select * from pause(${id}, 'Owner', 'a bad feeling')`
  await visit()
  const numbers = () => page.locator('.audit > li > span:first-child').allTextContents()
  const first = async () => Number((await numbers())[0]?.replace(/\D/g, ''))
  expect([(await numbers()).length, await first()]).toEqual([100, 251])
  await page.getByRole('link', { name: 'Older' }).click()
  await page.waitForURL('**before=152')
  expect(await first()).toBe(151)
  await page.getByRole('link', { name: 'Older' }).click()
  await page.waitForURL('**before=52')
  expect([(await numbers()).length, await page.getByRole('link', { name: 'Older' }).count()]).toEqual([51, 0])
  await page.getByRole('link', { name: 'Newer' }).click()
  await page.waitForURL('**before=152')
  await page.getByRole('link', { name: 'Decisions of people' }).click()
  await page.waitForURL(`**project=${slug}&kind=decisions`)
  expect(await numbers()).toHaveLength(2)
  await page.getByText('Paused: a bad feeling').waitFor()
  await page.getByRole('link', { name: 'Refusals' }).click()
  await page.getByText('No such row.').waitFor()
})

test('the chain is verified on demand against what is kept outside, and a row that was edited is found', async () => {
  const { page, id, slug } = await at('/audit')
  const board = await page.context().newPage()
  await board.goto(`${BOARD}?project=${slug}`)
  await board.getByText('Pause…').click()
  await board.getByRole('button', { name: 'Pause', exact: true }).click()
  await board.getByText('Paused.').waitFor()
  await page.getByRole('link', { name: 'Verify every row' }).click()
  await page.getByText('The chain holds').waitFor()
  await page.getByText('2 rows, held against 1 position kept outside the database.').waitFor()
  const [head] =
    await desk.sql`select audit_seq as seq, encode(audit_head, 'hex') as hash from projects where id = ${id}`
  await page.getByText(`It stands at row ${head?.seq}`).waitFor()
  await page.getByText(head?.hash).waitFor()

  await tamper(id)
  await page.getByRole('link', { name: 'Verify again' }).click()
  await page.getByText('The chain is broken').waitFor()
  await page.getByText('Row 1: the row was edited').waitFor()
})

/** As only somebody beyond the product can. */
async function tamper(project: number): Promise<void> {
  const url = new URL(desk.stack.database.superUrl)
  url.pathname = new URL(desk.stack.database.adminUrl).pathname
  const beyond = postgres(url.href, { max: 1, onnotice: () => undefined })
  await beyond.unsafe(`alter table nightshift.audit disable trigger all`)
  await beyond`update nightshift.audit set actor = 'nobody' where project = ${project} and seq = 1`
  await beyond.unsafe(`alter table nightshift.audit enable always trigger audit_rows`)
  await beyond.end()
}
