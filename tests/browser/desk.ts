import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import postgres, { type Sql } from 'postgres'
import { newParts, type Parts } from '../../cli/parts.ts'
import { type Stack, startStack } from '../../cli/stack.ts'
import { connect } from '../../lib/store/database.ts'
import { furnish } from '../setup/furnished.ts'

/** A Nightshift of a test's own, without clocks and rings, so that nothing moves unless the test moves it; and a browser. */
export interface ADesk {
  /** Its state folder. */
  home: string
  stack: Stack
  sql: Sql
  /** As `postgres`, who may write every row. */
  admin: Sql
  /** A fresh visitor at a given width. */
  visit(options?: { width?: number; dark?: boolean; signedIn?: boolean }): Promise<BrowserContext>
  close(): Promise<void>
}

type Session = Awaited<ReturnType<BrowserContext['storageState']>>

export const CHROMIUM = '/usr/bin/chromium'

/** `settings`: of the server, besides having no clocks and rings. */
export async function openDesk(settings: Record<string, string> = {}): Promise<ADesk> {
  const home = await mkdtemp(join(tmpdir(), 'nightshift-browser-'))
  const parts: Parts = newParts((name, error) => console.error(name, error))
  const close = async () => {
    await parts.stop()
    await rm(home, { recursive: true, force: true })
  }
  try {
    await furnish(home)
    return { ...(await seated(home, parts, settings)), close }
  } catch (error) {
    // A desk that could not be opened is closed by nobody else.
    await close()
    throw error
  }
}

async function seated(home: string, parts: Parts, settings: Record<string, string>): Promise<Omit<ADesk, 'close'>> {
  const stack = await startStack({
    checkout: resolve(import.meta.dirname, '../..'),
    home,
    port: 0,
    parts,
    sample: null,
    settings: { SCHEDULER: 'off', RINGS: 'off', ...settings },
    step: (_title, work) => work(),
    say: () => undefined,
  })
  const sql = connect(stack.database.appUrl, 2)
  parts.add('connections', () => sql.end({ timeout: 1 }))
  const admin = postgres(stack.database.adminUrl, { max: 2, onnotice: () => undefined })
  parts.add('connections of postgres', () => admin.end({ timeout: 1 }))
  let session: Promise<Session> | undefined
  let launched: ReturnType<typeof launch> | undefined
  /** Started for the first visitor: a command line has none. */
  const browsing = () => (launched ??= launch(parts))
  return {
    home,
    stack,
    sql,
    admin,
    async visit({ width = 1440, dark = false, signedIn = true } = {}) {
      const browser = await browsing()
      const colorScheme = dark ? 'dark' : 'light'
      const options = { viewport: { width, height: 900 }, colorScheme, baseURL: stack.url } as const
      if (!signedIn) return browser.newContext(options)
      session ??= signIn(await browser.newContext(options), stack.secrets.ownerPassword)
      return browser.newContext({ ...options, storageState: await session })
    },
  }
}

async function launch(parts: Parts) {
  const args = ['--no-sandbox', '--disable-background-networking']
  const browser = await chromium.launch({ executablePath: CHROMIUM, args })
  parts.add('the browser', () => browser.close())
  return browser
}

/** The owner's cookie, for as many visitors as it takes: hashing is slow on purpose. */
async function signIn(context: BrowserContext, password: string): Promise<Session> {
  const page = await context.newPage()
  await page.goto('/login')
  await page.getByLabel('Owner password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/dashboard/agent-control')
  const session = await context.storageState()
  await context.close()
  return session
}
