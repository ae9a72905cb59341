import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bubblewrap } from '../../lib/adapters/sandbox.bubblewrap.ts'
import { bareRepository, type Repository } from '../contracts/repository.ts'
import { type Night, startNight } from './night.ts'

const CANARY = 'canary-7c1f0e5a93'

/** Reads whatever it can of the given places, and everything that /proc shows of other processes. */
const SPY = `
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
/** Folders with files that never end. */
const ENDLESS = ['proc', 'dev', 'sys']
export function spy(places) {
  const seen = []
  const read = (path, depth) => {
    try {
      if (statSync(path).isDirectory()) { for (const name of readdirSync(path).slice(0, 200)) if (depth > 0 && !ENDLESS.includes(name)) read(join(path, name), depth - 1) }
      else if (statSync(path).isFile() && statSync(path).size < 1e6) { const text = readFileSync(path, 'latin1').slice(0, 4000); seen.push({ path, text }) }
    } catch {}
  }
  for (const place of places) read(place, 3)
  try { for (const pid of readdirSync('/proc')) if (/^\\d+$/.test(pid)) for (const file of ['environ', 'cmdline']) read('/proc/' + pid + '/' + file, 0) } catch {}
  return seen
}`
const SERVER = `
import { createServer } from 'node:http'
import { spy } from './spy.mjs'
createServer((request, response) => {
  const at = new URL(request.url, 'http://x')
  response.end(at.pathname === '/spy' ? JSON.stringify(spy(at.searchParams.getAll('place'))) : 'ok')
}).listen(Number(process.env.PORT))`

let night: Night
let repository: Repository
let places: string[]
let forbidden: string[]

beforeAll(async () => {
  night = await startNight({ sample: null })
  const { home, stack } = night
  await writeFile(join(home, 'canary'), CANARY, { mode: 0o644 })
  await mkdir(join(home, 'open'), { mode: 0o755 })
  await writeFile(join(home, 'open', 'canary'), CANARY)
  await chmod(join(home, 'open', 'canary'), 0o644)
  places = [
    home,
    join(home, 'canary'),
    join(home, 'open'),
    '/root',
    '/home',
    '/tmp',
    join(import.meta.dirname, '../..'),
    '/proc/1/root',
    `/proc/self/root${home}`,
  ]
  forbidden = [
    CANARY,
    ...Object.values(stack.secrets).filter((value): value is string => typeof value === 'string' && value.length > 8),
  ]
  repository = bareRepository()
})
afterAll(async () => {
  repository?.remove()
  await night?.end()
})

const found = (seen: { path: string; text: string }[]) =>
  seen.filter(({ text }) => forbidden.some((secret) => text.includes(secret))).map(({ path }) => path)

test('a deployed app finds nothing of the state folder', async () => {
  const manifest = JSON.stringify({
    install: null,
    start: 'node server.mjs',
    health: '/',
    test: { run: 'true', report: 'tap' },
  })
  const sha = repository.commit('main', { 'nightshift.json': manifest, 'spy.mjs': SPY, 'server.mjs': SERVER }, 'Spy')
  const { url, token } = night.stack.platform
  const call = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    return (await fetch(`${url}/apps/spy${path}`, { method, headers, body: body && JSON.stringify(body) })).json()
  }
  const target = { port: 0, env: {} }
  await call('PUT', '', { repository: repository.path, targets: { production: target, staging: target } })
  let deployment = (await call('POST', '/deployments', { sha, environment: 'production', key: 'spy' })) as {
    id: string
    state: string
    url: string
    why: string
  }
  for (let i = 0; i < 200 && deployment.state === 'building'; i++) {
    await sleep(200)
    deployment = (await call('GET', `/deployments/${deployment.id}`)) as typeof deployment
  }
  expect(deployment).toMatchObject({ state: 'ready', why: null })
  const query = places.map((place) => `place=${encodeURIComponent(place)}`).join('&')
  const seen = (await (await fetch(`${deployment.url}/spy?${query}`)).json()) as { path: string; text: string }[]
  expect(seen.map(({ path }) => path)).toContain('/proc/1/cmdline')
  expect(found(seen)).toEqual([])
})

test('a test run in the sandbox finds nothing of the state folder', async () => {
  const { home } = night
  const programs = join(import.meta.dirname, '../..')
  const sandbox = bubblewrap({ home, toolchain: join(home, 'toolchain/node'), programs })
  expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  const run = `import { spy } from './spy.mjs'\nconsole.log(JSON.stringify(spy(${JSON.stringify(places)})))`
  const files = Object.entries({ 'spy.mjs': SPY, 'run.mjs': run }).map(([path, text]) => ({
    path,
    bytes: Buffer.from(text),
  }))
  const result = await sandbox.run({ files, argv: ['node', 'run.mjs'], limits: { outputBytes: 64 * 1024 ** 2 } })
  expect({ ...result, stdout: result.stdout.slice(0, 100) }).toMatchObject({ end: 'exited', exit: 0, truncated: false })
  const seen = JSON.parse(result.stdout) as { path: string; text: string }[]
  expect(seen.map(({ path }) => path)).toContain('/proc/1/cmdline')
  expect(found(seen)).toEqual([])
})
