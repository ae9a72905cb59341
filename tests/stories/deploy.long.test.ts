import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startClocks } from './deploy/clocks.ts'
import { type Step, stepsOf } from './deploy/page.ts'
import { firstSignIn } from './deploy/signIn.ts'
import { commit, installVercel, openWalk, type Walk } from './deploy/walk.ts'

/** docs/deploy.md by the letter: its own commands, typed into a fresh clone, with emulated accounts behind the addresses. */
let walk: Walk
let steps: Step[]
let page: Map<string, Step[]>
let clocks: Awaited<ReturnType<typeof startClocks>>
const PASSWORD = 'a password of the owner'

beforeAll(async () => {
  page = await stepsOf('deploy.md')
  steps = page.get('On Vercel and Supabase') ?? []
  walk = await openWalk()
})
afterAll(async () => {
  clocks?.stop()
  console.log(walk?.terminal.log.map(({ block, seconds }) => `${seconds} s  ${block.split('\n')[0]}`).join('\n'))
  await walk?.close()
})

const blocksOf = (title: string): string[] => {
  const found = steps.find((step) => step.title === title)
  if (!found) throw new Error(`the page has no step ${title}: ${steps.map((step) => step.title).join(', ')}`)
  return found.blocks
}

/** A block with what stands for something replaced by what it is here. */
function here(block: string): string {
  const { project, accounts, address } = walk
  const [, production = '', staging = ''] =
    /(\S+) for production, (\S+) for staging/.exec(accounts.vercel.said('domains') ?? '') ?? []
  const known: [string, string][] = [
    ['<ref>', project.ref],
    ['<database password>', project.password],
    ['<region>.pooler.supabase.com', project.host],
    ['https://nightshift.example.com', address],
    ['prj_…', accounts.vercel.said('project')?.split(',')[0] ?? ''],
    ['staging.shop.example.com', staging],
    ['shop.example.com', production],
    ['abcdefghijklmnopqrst', accounts.supabase.said('project') ?? ''],
  ]
  return known.reduce((text, [from, to]) => text.replaceAll(from, to), block)
}

const paste = (block: string) => walk.terminal.paste(here(block))
const settings = (lines: string[]) => appendFile(join(walk.clone, 'hosted.env'), `${lines.join('\n')}\n`)

test('install', async () => {
  for (const block of blocksOf('Install')) await paste(block)
  await installVercel(walk)
})

test('the database: what it prints is what the server needs', async () => {
  const [block = ''] = blocksOf('The database')
  const said = await paste(block)
  const url = /DATABASE_URL=(\S+)/.exec(said)?.[1] ?? ''
  expect(url).toMatch(
    new RegExp(`^postgresql://nightshift_app\\.${walk.project.ref}:[0-9a-f]{48}@${walk.project.host}:6543/postgres`),
  )
  await settings([`DATABASE_URL=${url}`])
})

test('secrets, and what the accounts’ pages say', async () => {
  for (const block of blocksOf('Secrets')) await paste(block)
  /** Which are taken is the preset's; what is the same for several stands once. */
  const chosen = /^(CODE|DEPLOY|SOURCES|NOTIFY|AUTH)$/
  const given = Object.values(walk.accounts).flatMap((account) => Object.entries(account.settings))
  const lines = new Map(given.filter(([name]) => !chosen.test(name)))
  for (const [name] of [...lines]) if (/^VERCEL_(DRAIN|WEBHOOK)/.test(name)) lines.delete(name)
  await settings([...lines].map(([name, value]) => `${name}=${value}`))
  await settings([`NIGHTSHIFT_URL=${walk.address}`, 'VERCEL_PROJECT_ID=prj_emulated'])
  // A function has a disk of its own, and would use /tmp of it.
  await settings([`NIGHTSHIFT_HOME=${walk.functions}`])
})

test('the project on Vercel, with every setting of the file', async () => {
  for (const block of blocksOf('The project on Vercel')) await paste(block)
  const told = await walk.variables()
  expect(told).toMatchObject({ WORLD: 'hosted', NIGHTSHIFT_URL: walk.address })
  expect(told.GITHUB_PRIVATE_KEY).toMatch(/^-----BEGIN/)
})

test('the deployment answers', async () => {
  for (const block of blocksOf('Deploy')) await paste(block)
  const { CRON_SECRET: secret = '' } = await walk.variables()
  clocks = await startClocks(walk.clone, walk.address, () => secret)
  const log = await walk.log()
  expect(log).toMatch(
    /world hosted: sql=supabase .*sandbox=vercel deploy=vercel notify=inbox,slack,email .*people=supabase/,
  )
})

test('a first look: both answers of health', async () => {
  for (const block of blocksOf('Look')) await paste(block)
  const health = await paste('curl -fsS -H "authorization: Bearer $NIGHTSHIFT_TOKEN" "$NIGHTSHIFT_URL/api/health"')
  expect(JSON.parse(health)).toMatchObject({ checks: { database: { ok: true }, migrations: { ok: true } } })
})

test('the project is registered, and the doctor has nothing to say', async () => {
  const [register = '', look = ''] = blocksOf('The project it looks after')
  await firstSignIn(
    walk.address,
    walk.accounts.accounts.settings.OWNER_EMAIL ?? '',
    PASSWORD,
    () => /(http\S+)$/.exec(walk.accounts.accounts.said('mail to') ?? '')?.[1],
  )
  walk.terminal.set('NIGHTSHIFT_PASSWORD', PASSWORD)
  const said = await paste(register)
  const secrets = [...said.matchAll(/^ +(VERCEL_(?:DRAIN|WEBHOOK)_SECRET)="?([^"\n]+)"?$/gm)]
  expect(secrets.map(([, name]) => name)).toEqual(['VERCEL_DRAIN_SECRET', 'VERCEL_WEBHOOK_SECRET'])
  for (const [, name, value] of secrets) await paste(`printf %s '${value}' | npx vercel env add ${name} production`)
  for (const block of blocksOf('Deploy')) await paste(block)
  await clocks.round()
  const { code, said: found } = await walk.terminal.tries(here(look))
  expect(found).not.toMatch(/^✗/m)
  expect(code).toBe(0)
})

const health = async () =>
  JSON.parse(await paste('curl -sS -H "authorization: Bearer $NIGHTSHIFT_TOKEN" "$NIGHTSHIFT_URL/api/health"'))

async function wellAgain(): Promise<void> {
  for (let tries = 0; (await health()).status !== 'ok' && tries < 60; tries++) await sleep(2000)
  expect(await health()).toMatchObject({ status: 'ok' })
}

test('in the end it is well, and every clock was let in', async () => {
  await wellAgain()
  expect(new Set(clocks.answers.map(({ status }) => status))).toEqual(new Set([200]))
  expect(await readFile(join(walk.clone, '.gitignore'), 'utf8')).toContain('hosted.env')
  expect(await paste('git status --porcelain')).toBe('')
})

test('the kill switch is on after a deployment, and off after another', async () => {
  const [on = '', off = ''] = page.get('Stopping it')?.find(({ title }) => title === 'The kill switch')?.blocks ?? []
  await paste(on)
  expect(await paste('bin/nightshift doctor')).toContain('kill switch: it is on')
  await paste(off)
  expect(await paste('bin/nightshift doctor')).toContain('kill switch: it is off')
})

test('an upgrade: a program that is newer than its database says so, and is well once it is migrated', async () => {
  const [upgrade = ''] = page.get('Upgrading')?.flatMap(({ blocks }) => blocks) ?? []
  const name = '20991231000000_later.sql'
  await writeFile(join(walk.origin, 'supabase/migrations', name), 'create table public.nightshift_later (id int);\n')
  await commit(walk.origin, 'A later version')
  await paste('git pull -q')
  for (const block of blocksOf('Deploy')) await paste(block)
  expect(await health()).toMatchObject({
    status: 'down',
    checks: { migrations: { why: expect.stringContaining('20991231000000') } },
  })
  expect(await paste(upgrade)).toContain('Applied 1 migration, the last one 20991231000000')
  await wellAgain()
})
