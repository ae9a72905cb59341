import { readdir, rm } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { machines } from '../../../lib/adapters/sandbox/vercel/base.ts'
import { openMachine } from '../../../lib/adapters/sandbox/vercel/machine.ts'
import { DENY_ALL } from '../../../lib/adapters/sandbox/vercel/policy.ts'
import { isTaken } from '../../../lib/adapters/sandbox/vercel/trouble.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { file } from '../lab.ts'
import { openHouse, whyNoMachines } from './house.ts'

const SECRET = 'canary-of-the-host'
const why = await whyNoMachines()
if (why) console.warn(`Vercel Sandbox tests skipped: ${why}`)

describe.skipIf(why)('runs on machines of Vercel', { timeout: 300_000 }, () => {
  let house: Awaited<ReturnType<typeof openHouse>>
  let sandbox: Sandbox
  const creates = () =>
    house.host.log
      .filter(({ method, path }) => method === 'POST' && path === '/v3/sandboxes')
      .map(({ body }) => JSON.parse(body.toString('utf8')))
  beforeAll(async () => {
    vi.stubEnv('DATABASE_URL', SECRET)
    house = await openHouse()
    sandbox = house.start()
    expect(await sandbox.selfTest()).toEqual({ ok: true, boundary: expect.any(String), probes: expect.any(Array) })
  }, 300_000)
  beforeEach(() => {
    house.host.log.length = 0
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await house.close()
  })

  it('asks for a machine without a network, without an environment, that ends by itself, and leaves none', async () => {
    const run = {
      files: [file('a.txt', 'x')],
      argv: ['sh', '-c', 'cat a.txt'],
      env: { PORT: '1' },
      limits: { wallMs: 5_000 },
    }
    expect(await sandbox.run(run)).toMatchObject({ end: 'exited', exit: 0, stdout: 'x', egress: 0 })
    expect(creates()).toHaveLength(1)
    expect(creates()[0]).toMatchObject({ networkPolicy: { mode: 'deny-all' }, env: {}, persistent: false, ports: [] })
    expect(creates()[0].source).toMatchObject({ type: 'snapshot' })
    expect(creates()[0].timeout).toBeLessThan(10 * 60_000)
    expect(house.host.service.running()).toEqual([])
    expect(house.host.service.sandboxes.has(creates()[0].name)).toBe(false)
  })

  it('shows no login and nothing of our environment to a machine', async () => {
    const { stdout } = await sandbox.run({ files: [], argv: ['sh', '-c', 'env; cat /proc/*/environ 2>/dev/null'] })
    const bodies = house.host.log.map(({ body, headers }) =>
      (headers['content-type'] === 'application/gzip' ? gunzipSync(body) : body).toString('latin1'),
    )
    for (const text of [stdout, ...bodies]) {
      expect(text).not.toContain(house.host.token)
      expect(text).not.toContain(SECRET)
    }
    expect(bodies.filter((text) => text.length > 0).length).toBeGreaterThan(3)
    const commands = house.host.log.filter(({ path }) => path.endsWith('/cmd'))
    for (const { body } of commands) expect(JSON.parse(body.toString('utf8')).env).toEqual({})
  })

  it('names itself to the service, and nobody who may have started it', async () => {
    await sandbox.run({ files: [], argv: ['sh', '-c', 'true'] })
    expect([...new Set(house.host.log.map(({ headers }) => headers['user-agent']))]).toEqual(['nightshift'])
  })

  it('splices no word of a program into a command', async () => {
    const argv = ['/bin/echo', '"; touch /tmp/x #', '$(id)', '`id`', "'", '--', '-n']
    const { stdout } = await sandbox.run({ files: [], argv, stdin: '$(id)' })
    expect(stdout).toBe(`${argv.slice(1).join(' ')}\n`)
    const sent = house.host.log.filter(({ path }) => path.endsWith('/cmd')).map(({ body }) => body.toString('utf8'))
    expect(sent.join()).not.toContain('touch')
  })

  it('makes what runs start from once: again after a restart, and on a server that remembers nothing', async () => {
    const before = house.host.service.snapshots.length
    const start = () => machines(house.shop()).ready()
    const first = await start()
    await rm(house.home, { recursive: true })
    house.host.log.length = 0
    expect(await start()).toEqual(first)
    expect(house.host.log.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v2/sandboxes/snapshots'])
    expect(await start()).toEqual(first)
    expect(house.host.log).toHaveLength(1)
    expect(house.host.service.snapshots).toHaveLength(before + 1)
    expect(await readdir(`${house.home}/cache/vercel`)).toHaveLength(1)
  })

  it('makes it anew when it is gone', async () => {
    for (const snapshot of house.host.service.snapshots) await house.host.service.forget(snapshot)
    expect(await sandbox.run({ files: [], argv: ['sh', '-c', 'echo on'] })).toMatchObject({ stdout: 'on\n' })
    expect(house.host.service.running()).toEqual([])
  })

  it('says of a folder of this machine that it cannot be lent', async () => {
    expect(await sandbox.adopt('/tmp')).toMatchObject({ ok: false, why: expect.stringContaining('SANDBOX=vercel') })
    await expect(sandbox.run({ files: [], argv: ['sh'], services: ['postgres'] })).rejects.toMatchObject({
      code: 'SANDBOX_UNAVAILABLE',
      detail: expect.stringContaining('postgres'),
    })
  })

  it('refuses what is no program before a machine is made', async () => {
    await expect(sandbox.run({ files: [], argv: ['bash'] })).rejects.toMatchObject({ code: 'HARNESS_FAILED' })
    expect(creates()).toEqual([])
  })

  it('carries files larger than one request, whole', async () => {
    const bytes = Buffer.alloc(5 * 1024 ** 2, 'x')
    const files = ['a', 'b', 'c'].map((path) => ({ path, bytes }))
    const { stdout } = await sandbox.run({ files, argv: ['sh', '-c', 'cat a b c | wc -c'] })
    expect(stdout.trim()).toBe(String(3 * bytes.length))
    expect(house.host.log.filter(({ path }) => path.endsWith('/fs/write'))).toHaveLength(3)
  })

  it('takes no machine of somebody else for its own, and ends none', async () => {
    const snapshot = house.host.service.snapshots.findLast(({ status }) => status === 'created')?.id ?? ''
    const plan = { name: 'theirs', from: { snapshot }, policy: DENY_ALL, timeoutMs: 60_000 }
    const theirs = await openMachine(house.options, plan)
    await expect(openMachine(house.options, plan)).rejects.toSatisfy(isTaken)
    expect(house.host.service.running()).toHaveLength(1)
    await theirs.session.stop()
    const mine = await openMachine(house.options, plan)
    expect(mine.session.sessionId).not.toBe(theirs.session.sessionId)
    await mine.close()
    expect(house.host.service.running()).toEqual([])
  })

  it('leaves a machine that a killed process forgot to its own time', async () => {
    const snapshot = house.host.service.snapshots.findLast(({ status }) => status === 'created')?.id ?? ''
    const plan = { name: 'forgotten', from: { snapshot }, policy: DENY_ALL, timeoutMs: 500 }
    await openMachine(house.options, plan)
    expect(house.host.service.running()).toHaveLength(1)
    await pause(1_500)
    expect(house.host.service.running()).toEqual([])
  })
})
