import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { exactly } from '../../cli/env.ts'
import { makeHome } from '../../cli/home.ts'
import { APP_ROLE, allowLogin, asLogin, migrate } from '../../cli/migrate.ts'
import { freePort } from '../../cli/ports.ts'
import { startPostgres } from '../../cli/postgres.ts'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { connect } from '../../lib/store/database.ts'
import { HOSTED } from '../start/hosted.ts'

const CHECKOUT = resolve(import.meta.dirname, '../..')
const PASSWORD = 'password-of-the-app'
let home: string
let server: Awaited<ReturnType<typeof startPostgres>>
let databaseUrl: string
const children: ChildProcess[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'ns-hosted-'))
  await makeHome(home)
  server = await startPostgres({ home })
  await migrate(server.adminUrl, join(CHECKOUT, 'supabase/migrations'))
  await allowLogin(server.adminUrl, PASSWORD)
  databaseUrl = asLogin(server.adminUrl, APP_ROLE, PASSWORD)
  const sql = connect(databaseUrl, 1)
  await makeOwner(sql, 'Owner', 'a long password')
  await sql.end()
})
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})
afterAll(async () => {
  await server.stop()
  await rm(home, { recursive: true, force: true })
})

/** `next start` of the build, with exactly this environment. */
function start(port: number, env: Record<string, string>) {
  const argv = [join(CHECKOUT, 'node_modules/next/dist/bin/next'), 'start', '-p', String(port), '-H', '127.0.0.1']
  const base = { PATH: '/usr/bin:/bin', NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  const child = spawn(process.execPath, argv, { cwd: CHECKOUT, env: exactly({ ...base, ...env }) })
  children.push(child)
  const said = { text: '' }
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (said.text += chunk.toString()))
  const says = async (words: string) => {
    for (let tries = 0; !said.text.includes(words); tries++) {
      if (tries > 600) throw new Error(`it never said ${words}:\n${said.text}`)
      await sleep(100)
    }
  }
  return { child, said, says }
}

test('a production start with a hosted environment says which adapter answers for each port, and works', async () => {
  const port = await freePort()
  const env = {
    ...HOSTED,
    // The PostgreSQL of tests speaks no TLS, which Supabase's has to.
    SQL: 'postgres',
    DATABASE_URL: databaseUrl,
    NIGHTSHIFT_URL: `http://127.0.0.1:${port}`,
    NIGHTSHIFT_HOME: join(home, 'state'),
  }
  const { said, says } = start(port, env)
  await says('world hosted:')
  const line = said.text.split('\n').find((one) => one.includes('world hosted:')) ?? ''
  expect(JSON.parse(line)).toMatchObject({
    level: 'info',
    msg: expect.stringMatching(
      /^world hosted: .*code=github .*sandbox=vercel deploy=vercel notify=inbox,slack,email .*people=supabase$/,
    ),
  })
  const at = (path: string, bearer?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: bearer ? { authorization: `Bearer ${bearer}` } : {} })
  expect(await (await at('/api/health/live')).json()).toEqual({ status: 'ok' })
  expect((await at('/api/cron/watcher')).status).toBe(401)
  for (const agent of ['watcher', 'investigator', 'implementer', 'releaser'])
    expect(await (await at(`/api/cron/${agent}`, HOSTED.CRON_SECRET)).json()).toEqual({ agent, steps: 0, troubles: [] })
  const health = await (await at('/api/health', HOSTED.CONTROL_TOKEN)).json()
  expect(health).toMatchObject({
    ...{ status: 'degraded', lastTickAt: expect.any(String) },
    checks: {
      migrations: { ok: true, why: null },
      agents: { ok: true },
      sandbox: { why: 'it has not been tested yet' },
    },
  })
  // Nothing that opens anything is in a line.
  for (const [name, value] of Object.entries(HOSTED))
    if (/TOKEN|SECRET|KEY/.test(name)) expect(said.text, name).not.toContain(value)
})

test('with nothing but the world it lists everything that is missing, and does not serve', async () => {
  const port = await freePort()
  const { child, said, says } = start(port, { WORLD: 'hosted' })
  await says('SENDGRID_API_KEY: NOTIFY names email')
  for (const name of ['DATABASE_URL', 'CRON_SECRET', 'VERCEL_TOKEN', 'GITHUB_APP_ID', 'SENTRY_ORG', 'SLACK_BOT_TOKEN'])
    expect(said.text).toContain(`- ${name}: `)
  const answered = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null)
  expect(answered === null || answered.status >= 500).toBe(true)
  expect(child.exitCode).not.toBe(0)
})
