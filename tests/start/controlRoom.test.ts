import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { freePort } from '../../cli/ports.ts'
import { loadSecrets } from '../../cli/secrets.ts'
import { type ControlRoomOptions, controlRoomEnv, startControlRoom, untilAnswers } from '../../cli/stack/controlRoom.ts'
import { parseSettings } from '../../cli/stack/registry.ts'
import type { Supervised } from '../../cli/supervise.ts'
import { parseConfig } from '../../lib/config.ts'

let root: string
let options: ControlRoomOptions
let room: Supervised | undefined
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ns-room-'))
  await mkdir(join(root, 'secrets'))
  await mkdir(join(root, 'node_modules/next/dist/bin'), { recursive: true })
  options = {
    checkout: root,
    home: root,
    port: await freePort(),
    databaseUrl: 'postgres://nightshift_app:x@127.0.0.1:5432/nightshift',
    platform: { url: 'http://127.0.0.1:4100', token: 'token-of-the-platform' },
    secrets: await loadSecrets(root),
    toolchain: '/opt/node',
    registry: { NPM_REGISTRY: 'https://packages.example/' },
    settings: { SCHEDULER: 'off' },
  }
})
afterEach(async () => {
  await room?.stop()
  room = undefined
  await rm(root, { recursive: true, force: true })
})

async function start(program: string): Promise<Supervised> {
  await writeFile(join(root, 'node_modules/next/dist/bin/next'), program)
  room = startControlRoom(options, () => undefined)
  return room
}
const server = (head: string) =>
  `require('node:http').createServer((_, r) => r.writeHead(${head}).end()).listen(Number(process.argv[4]), process.argv[6])`

describe('the environment of the control room', () => {
  it('is one that Nightshift accepts', () => {
    expect(parseConfig(controlRoomEnv(options))).toMatchObject({
      world: 'local',
      url: `http://localhost:${options.port}`,
      deploy: { kind: 'process', ...options.platform },
      toolchain: '/opt/node',
      scheduler: false,
      rings: true,
      registry: { url: 'https://packages.example/' },
    })
  })

  it('passes the kill switch on', () => {
    expect(parseConfig(controlRoomEnv(options)).halted).toBe(false)
    vi.stubEnv('KILL_SWITCH', 'on')
    expect(parseConfig(controlRoomEnv(options)).halted).toBe(true)
    vi.unstubAllEnvs()
  })

  it('passes on what is to hold untrusted code', () => {
    expect(parseConfig(controlRoomEnv(options))).toMatchObject({
      sandbox: { kind: 'bubblewrap' },
      cacheBytes: 5 * 1024 ** 3,
    })
    vi.stubEnv('SANDBOX', 'docker')
    vi.stubEnv('CACHE_GB', '2')
    const chosen = { sandbox: { kind: 'docker', socket: '/var/run/docker.sock' }, cacheBytes: 2 * 1024 ** 3 }
    expect(parseConfig(controlRoomEnv(options))).toMatchObject(chosen)
    vi.stubEnv('VERCEL_TOKEN', 'token-of-the-account')
    expect(controlRoomEnv(options)).not.toHaveProperty('VERCEL_TOKEN')
    vi.stubEnv('SANDBOX', 'vercel')
    expect(() => parseConfig(controlRoomEnv(options))).toThrow(/VERCEL_TEAM_ID: .*VERCEL_PROJECT_ID: /s)
    vi.stubEnv('VERCEL_TEAM_ID', 'team')
    vi.stubEnv('VERCEL_PROJECT_ID', 'prj')
    expect(parseConfig(controlRoomEnv(options)).sandbox).toMatchObject({ kind: 'vercel', teamId: 'team' })
    vi.stubEnv('SANDBOX', 'none')
    vi.stubEnv('DOCKER_SOCKET', 'tcp://10.0.0.1')
    expect(() => parseConfig(controlRoomEnv(options))).toThrow(/SANDBOX: .*DOCKER_SOCKET: /s)
    vi.unstubAllEnvs()
  })

  it('passes on where the app is deployed, and its keys with that choice alone', () => {
    vi.stubEnv('VERCEL_TOKEN', 'token-of-the-account')
    vi.stubEnv('VERCEL_TEAM_ID', 'team')
    vi.stubEnv('VERCEL_DRAIN_SECRET', 'secret-of-the-drain')
    expect(JSON.stringify(controlRoomEnv(options))).not.toMatch(/token-of-the-account|secret-of-the-drain/)
    vi.stubEnv('DEPLOY', 'vercel')
    const deploy = { kind: 'vercel', teamId: 'team', drainSecret: 'secret-of-the-drain', webhookSecret: null }
    expect(parseConfig(controlRoomEnv(options))).toMatchObject({ deploy, sandbox: { kind: 'bubblewrap' } })
    vi.unstubAllEnvs()
  })

  it('is refused where the agents’ token would open the door of people', () => {
    const env = controlRoomEnv(options)
    expect(() => parseConfig({ ...env, CONTROL_TOKEN: env.CRON_SECRET })).toThrow(/no agent may act as a person/)
  })

  it('holds no login of a higher role and no password of a person', () => {
    const text = JSON.stringify(controlRoomEnv(options))
    const { ownerPassword, postgresPassword, superuserPassword } = options.secrets
    for (const secret of [ownerPassword, postgresPassword, superuserPassword]) expect(text).not.toContain(secret)
  })
})

describe('waiting for the control room', () => {
  it('ends when it answers', async () => {
    await untilAnswers(options.port, await start(server('200')))
  })

  it('goes on waiting while it answers with faults', async () => {
    await untilAnswers(options.port, await start(`let n = 0; ${server("(n += 1) < 3 ? 503 : 200, { 'x-n': n }")}`))
    const response = await fetch(`http://127.0.0.1:${options.port}/`)
    expect(Number(response.headers.get('x-n'))).toBe(4)
  })

  it('shows its last words where it ends instead', async () => {
    const started = await start(`console.error('A setting is missing'); process.exit(1)`)
    await expect(untilAnswers(options.port, started)).rejects.toThrow(/it ended with 1\..*A setting is missing/s)
  })
})

it.each([
  [
    'registry = https://packages.example/\ncafile = /etc/ssl/ca.pem\n',
    { NPM_REGISTRY: 'https://packages.example/', NPM_CAFILE: '/etc/ssl/ca.pem' },
  ],
  ['registry=https://packages.example/\ncafile=null\n', { NPM_REGISTRY: 'https://packages.example/' }],
  ['registry = undefined\ncafile = \n', {}],
  [
    '//packages.example/:_authToken = secret\nregistry = https://packages.example/',
    { NPM_REGISTRY: 'https://packages.example/' },
  ],
])('reads what npm says of its registry from %j', (text, settings) => {
  expect(parseSettings(text)).toEqual(settings)
})
