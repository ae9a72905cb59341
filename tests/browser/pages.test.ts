import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { type ADesk, openDesk } from './desk.ts'
import { seed } from './seed.ts'

const BOARD = '/dashboard/agent-control'
let desk: ADesk
let ids: Awaited<ReturnType<typeof seed>>
beforeAll(async () => {
  desk = await openDesk()
  ids = await seed(desk.sql, desk.admin)
})
afterAll(() => desk.close())

const ROOMS = [
  BOARD,
  `${BOARD}/report`,
  `${BOARD}/report?since=7d`,
  `${BOARD}/policy`,
  `${BOARD}/connect`,
  `${BOARD}/connect/github`,
  `${BOARD}/connect/vercel`,
  `${BOARD}/settings`,
  `${BOARD}/doctor`,
  `${BOARD}/audit`,
  `${BOARD}/people`,
  `${BOARD}/audit?verify=1&kind=effects`,
]
const pages = (): string[] => [...ROOMS, ...Object.values(ids).map((id) => `${BOARD}/issues/${id}`)]

/** Everything the browser complains about, dialogs of foreign scripts included. */
function complaintsOf(page: Page): string[] {
  const heard: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') heard.push(message.text())
  })
  page.on('pageerror', (error) => heard.push(String(error)))
  page.on('dialog', (dialog) => {
    heard.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  return heard
}

test.each([
  [390, false],
  [390, true],
  [1440, false],
  [1440, true],
])(
  'at %d px, by night %s: every page fits, has one heading and one main, and the browser has no complaint',
  async (width, dark) => {
    const context = await desk.visit({ width, dark })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    for (const path of pages()) {
      await page.goto(path)
      const found = await page.evaluate(() => ({
        over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        h1: document.querySelectorAll('h1').length,
        main: document.querySelectorAll('main').length,
        foreign: performance.getEntriesByType('resource').filter((entry) => !entry.name.startsWith(location.origin))
          .length,
        inline: document.querySelectorAll('[style]:not(next-route-announcer)').length,
      }))
      expect({ path, ...found }).toEqual({ path, over: 0, h1: 1, main: 1, foreign: 0, inline: 0 })
    }
    expect(complaints).toEqual([])
    await context.close()
  },
)

/** Everything on a page that a hand or a screen reader needs, with what is wrong with it. */
const unhandy = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true
    const seen = [
      ...document.querySelectorAll<HTMLElement>('button, .button, .fold > summary, .nav a, .tabs a, .field, .choice'),
    ]
    const low = seen.filter((element) => element.offsetParent && element.getBoundingClientRect().height < 44)
    const named = (field: HTMLInputElement) => field.labels?.length || field.ariaLabel
    const fields = [...document.querySelectorAll<HTMLInputElement>('main input, main select, main textarea')]
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    return [
      ...low.map((element) => `too low: ${element.textContent}`),
      ...fields.filter((field) => !named(field)).map((field) => `without a name: ${field.name}`),
      ...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `twice: ${id}`),
    ]
  })

test.each([390, 1440])('at %d px: every button and field can be hit and has a name of its own', async (width) => {
  const context = await desk.visit({ width })
  const page = await context.newPage()
  for (const path of pages()) {
    await page.goto(path)
    expect([path, await unhandy(page)]).toEqual([path, []])
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect([path, over]).toEqual([path, 0])
  }
  await context.close()
})

test('with the colours of the system everything that only colour would say is said by borders and words', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  await page.emulateMedia({ forcedColors: 'active' })
  for (const path of ROOMS) {
    await page.goto(path)
    const bare = await page
      .locator('main button, main .button')
      .evaluateAll((all) =>
        all
          .filter((one) => Number.parseFloat(getComputedStyle(one).borderTopWidth) === 0)
          .map((one) => one.textContent),
      )
    expect([path, bare]).toEqual([path, []])
  }
  await context.close()
})

test('from room to room the project stays, and the room is named', async () => {
  await registerProject(desk.sql, {
    slug: 'shop',
    name: 'Shop',
    settings: { repository: '/srv/shop.git', app: 'shop' },
  })
  const context = await desk.visit({ width: 390 })
  const page = await context.newPage()
  await page.goto(`${BOARD}?project=shop`)
  const nav = page.getByRole('navigation', { name: 'Control room' })
  for (const [name, title] of [
    ['Morning note', 'Morning note of Shop'],
    ['Policy', 'Policy of Shop'],
    ['Audit', 'Audit of Shop'],
    ['Board', 'Shop'],
  ] as const) {
    await nav.getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor()
    expect(await nav.locator('[aria-current=page]').textContent()).toBe(name)
  }
  await context.close()
})

test('markup that got into a page would still not run', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  await page.goto(BOARD)
  const ran = await page.evaluate(async () => {
    document.body.insertAdjacentHTML('beforeend', `<img src="/icon.svg" onload="document.title = 'ran'">`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    return document.title
  })
  expect(ran).toContain('Agent control')
  await context.close()
})

test('from the board to an issue and back by keyboard alone, with the focus to be seen', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  await page.goto(BOARD)
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content')
  const link = page.getByRole('link', { name: new RegExp(`^#${ids.cured} `) })
  await link.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  const ring = await link.evaluate((element) => getComputedStyle(element).outlineStyle)
  expect(ring).toBe('solid')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 2, name: 'What users felt' }).waitFor()
  await page.getByText('22 expected, 0 seen', { exact: true }).last().waitFor()
  await page.getByRole('link', { name: 'All issues' }).press('Enter')
  await page.waitForURL(`**${BOARD}?project=clinic`)
  await context.close()
})

test('a change appears by itself, is told to a screen reader, and does not while the page stands still', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  await page.goto(`${BOARD}/issues/${ids.diagnosing}`)
  const live = page.locator('[aria-live=polite]')
  expect(await live.textContent()).toContain('Looking for the cause')
  await page.evaluate(() => Object.assign(window, { same: true }))
  await desk.admin`update nightshift.issues set state = 'closed', closed_as = 'archived', closed_at = now() where id = ${ids.diagnosing}`
  await page.getByText('Archived', { exact: true }).waitFor()
  expect(await live.textContent()).toContain('Archived')
  expect(await page.evaluate(() => 'same' in window)).toBe(true)

  await page.getByRole('button', { name: 'Stop refreshing' }).click()
  await page.getByText('Standing still', { exact: true }).waitFor()
  let asked = 0
  page.on('request', () => {
    asked += 1
  })
  await desk.admin`update nightshift.issues set state = 'open', closed_as = null, closed_at = null where id = ${ids.diagnosing}`
  await page.waitForTimeout(4000)
  expect(asked).toBe(0)
  expect(await live.textContent()).toContain('Archived')
  await page.getByRole('button', { name: 'Refresh again' }).click()
  await page.getByText('Diagnosing', { exact: true }).waitFor()
  await context.close()
})

test('a tab that nobody looks at asks for nothing', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  const look = (value: string) => Object.defineProperty(document, 'visibilityState', { value, configurable: true })
  // Before anything of the page runs, so that no refresh is under way when the tab is left.
  await page.addInitScript(look, 'hidden')
  let asked = 0
  page.on('request', (request) => {
    const { rsc, 'next-router-prefetch': prefetch } = request.headers()
    if (rsc && !prefetch) asked += 1
  })
  await page.goto(BOARD)
  await page.locator('.lamp-on').waitFor()
  await page.waitForTimeout(7000)
  expect(asked).toBe(0)
  await page.evaluate(`(${look})('visible') && undefined`)
  await page.waitForRequest((request) => request.url().includes(BOARD))
  expect(asked).toBe(1)
  await context.close()
})

test('nothing moves for those who asked for stillness', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  const animation = () => page.locator('.lamp').evaluate((element) => getComputedStyle(element).animationName)
  await page.goto(BOARD)
  expect(await animation()).not.toBe('none')
  await page.emulateMedia({ reducedMotion: 'reduce' })
  expect(await animation()).toBe('none')
  await context.close()
})

test('a board without issues says what to do, and the other project is one link away', async () => {
  const context = await desk.visit()
  const page = await context.newPage()
  await registerProject(desk.sql, { slug: 'shop', name: 'Shop', settings: { repository: '/r', app: 'shop' } })
  await page.goto(`${BOARD}?project=shop`)
  await page.getByRole('heading', { name: 'A quiet night so far' }).waitFor()
  await page.getByRole('link', { name: 'Northside Clinic' }).click()
  await page.getByRole('heading', { level: 1, name: 'Northside Clinic' }).waitFor()
  await context.close()
})
