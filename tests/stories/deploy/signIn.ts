import { chromium } from 'playwright-core'
import { CHROMIUM } from '../../browser/desk.ts'

/** The owner's first sign-in: asks for a link at the door, opens it, and chooses a password. */
export async function firstSignIn(
  address: string,
  email: string,
  password: string,
  mailed: () => string | undefined,
): Promise<void> {
  const args = ['--no-sandbox', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  try {
    const page = await (await browser.newContext({ baseURL: address })).newPage()
    page.setDefaultTimeout(120_000)
    await page.goto('/')
    await page.getByLabel('E-mail', { exact: true }).fill(email)
    await page.getByRole('button', { name: 'E-mail me a link' }).click()
    await page.getByText('If this address may come in, a link is on its way').waitFor()
    const link = await untilMailed(mailed)
    await page.goto(link)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.waitForURL('**/dashboard/agent-control**')
    await page.goto('/dashboard/agent-control/people')
    await page.getByLabel('New password').fill(password)
    await page.getByRole('button', { name: 'Choose it' }).click()
    await page.getByText('From now on you can sign in with it.').waitFor()
  } finally {
    await browser.close()
  }
}

async function untilMailed(mailed: () => string | undefined): Promise<string> {
  for (let tries = 0; tries < 300; tries++) {
    const link = mailed()
    if (link) return link
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('no mail came')
}
