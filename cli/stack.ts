import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Level, Policy } from '../lib/domain/project.ts'
import type { Child } from './children.ts'
import { makeHome } from './home.ts'
import type { Parts } from './parts.ts'
import { freePort, portIsFree, rememberedPort } from './ports.ts'
import { urlFile } from './remote.ts'
import { loadSecrets, type Secrets } from './secrets.ts'
import { build, isBuilt } from './stack/build.ts'
import { addressOf, type ControlRoomOptions, startControlRoom, untilAnswers } from './stack/controlRoom.ts'
import { type Database, ensureOwner, migrateDatabase, startDatabase } from './stack/database.ts'
import { type Accounts, hostedSettings, setUpHosted, startAccounts, startClocks } from './stack/emulated.ts'
import { type PlatformAddress, startPlatform } from './stack/platform.ts'
import { registrySettings } from './stack/registry.ts'
import { PREFERRED_PORTS, type Sample, type SampleOptions, setUpSample } from './stack/sample.ts'
import { startTraffic, type Traffic } from './stack/traffic.ts'
import type { Supervised } from './supervise.ts'
import { toolchain } from './toolchain.ts'

export interface StackOptions {
  checkout: string
  /** State folder. */
  home: string
  /** Of the control room; 0 takes any free one. */
  port: number
  /** What was started is added here, so that it can be stopped at any moment. */
  parts: Parts
  /** Null starts without the sample app. */
  sample:
    | ({ policy?: Policy; level?: Level; traffic: boolean } & Pick<Traffic, 'words' | 'faults' | 'perSecond'> &
        Pick<SampleOptions, 'database'>)
    | null
  /** With the accounts of a hosted installation, emulated, instead of a repository and a platform of its own. */
  emulated?: boolean
  /** Settings of Nightshift's server, by their names in `lib/config.ts`. */
  settings?: Record<string, string>
  /** Runs one step and shows its progress. */
  step<T>(title: string, work: () => Promise<T>): Promise<T>
  say(line: string): void
}

export interface Stack {
  url: string
  secrets: Secrets
  database: Database
  platform: PlatformAddress
  sample: Sample | null
  /** Null where nothing is emulated. */
  accounts: Accounts | null
  /** Ends Nightshift's server as a power cut would; the platform and PostgreSQL go on. It stays down. */
  killNightshift(): Promise<void>
  /** Starts it again and waits until it answers. */
  startNightshift(): Promise<void>
  /** Starts the sample's traffic where it does not run; needs the sample. */
  startTraffic(): Child
  /** Stops everything, in order. */
  stop(): Promise<void>
}

/** For the minutes of the deploy host's clocks, as windows of seconds stand for windows of minutes. */
const CLOCK_SECONDS = 5

/** Everything `bin/start` starts, for any state folder and any ports: stories start the same stack. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { checkout, home, parts, step, say } = options
  await makeHome(home)
  const secrets = await loadSecrets(home)
  const port = await controlRoomPort(options.port)
  const portFile = (name: string) => join(home, 'ports', name)
  // Chosen before the platform runs: it would itself be found listening on the ports it had last time.
  const ports = {
    production: await rememberedPort(portFile('production'), options.port ? PREFERRED_PORTS.production : undefined),
    staging: await rememberedPort(portFile('staging'), options.port ? PREFERRED_PORTS.staging : undefined),
  }
  const tools = await step('Node and npm for sandboxes', () => toolchain(home))
  const postgres = await step('PostgreSQL', () => startDatabase(home, parts, say))
  const database = await step('Migrations', async () => {
    const migrated = await migrateDatabase(checkout, postgres, secrets)
    await ensureOwner(migrated, secrets)
    return migrated
  })
  const platform = await step('The local platform', async () => {
    const platformPort = await rememberedPort(portFile('platform'))
    return startPlatform({ checkout, home, port: platformPort, token: secrets.platformToken, toolchain: tools }, parts)
  })
  if (!(await isBuilt(checkout))) {
    await step('Building the control room', () => build(checkout, join(home, 'logs'), parts))
  }
  const wanted = options.sample
  const accounts = options.emulated
    ? await step('The accounts, emulated', () =>
        startAccounts(
          {
            ...{ home, words: wanted?.words, platform, toolchain: tools },
            ...{ nightshift: `http://127.0.0.1:${port}`, site: addressOf(port) },
          },
          parts,
        ),
      )
    : null
  const registry = await registrySettings(tools, checkout)
  const hosted = accounts ? await hostedSettings({ accounts, database, registry }, parts, say) : {}
  const databaseUrl = database.appUrl
  const roomOptions: ControlRoomOptions = {
    checkout,
    home,
    port,
    databaseUrl,
    platform: accounts ? null : platform,
    secrets,
    toolchain: tools,
    registry: accounts ? {} : registry,
    settings: { ...hosted, ...options.settings },
  }
  const room = await step('The control room', async () => {
    const started = startControlRoom(roomOptions, say)
    parts.add('the control room', started.stop)
    await untilAnswers(port, started)
    await writeDown(urlFile(home), port, parts)
    return started
  })
  const sample = wanted
    ? await step('The sample app', () => {
        const { policy, level, words, database: logs } = wanted
        const asked = { home, databaseUrl, platform, port, ports, policy, level, words, database: logs }
        return accounts ? setUpHosted(asked, accounts) : setUpSample(asked)
      })
    : null
  // Clocks and hooks begin when there is a project: a deploy host's begin with the first deployment.
  const clock = Number(options.settings?.SCHEDULER_SECONDS ?? CLOCK_SECONDS)
  if (accounts) await startClocks(checkout, accounts, secrets.cronSecret, clock)
  const handles = handlesOf(room, port, () => {
    if (!sample) throw new Error('There is no sample app to send traffic to.')
    const child = startTraffic(checkout, home, { ...sample, ...wanted })
    parts.add('the traffic', () => child.stop())
    return child
  })
  if (wanted?.traffic) handles.startTraffic()
  return { url: addressOf(port), secrets, database, platform, sample, accounts, ...handles, stop: parts.stop }
}

/**
 * For the command line, while we run: an address that is left behind would send it, token and all, to whoever listens
 * there next. By number, because by name the token would try `::1` first, where anybody may listen.
 */
async function writeDown(file: string, port: number, parts: Parts): Promise<void> {
  parts.add('the address', () => rm(file, { force: true }))
  await rm(file, { force: true })
  await writeFile(file, `http://127.0.0.1:${port}`, { mode: 0o600 })
}

function handlesOf(room: Supervised, port: number, traffic: () => Child) {
  let running: Child | null = null
  return {
    killNightshift: room.kill,
    async startNightshift() {
      room.start()
      await untilAnswers(port, room)
    },
    startTraffic() {
      if (running) return running
      const child = traffic()
      running = child
      void child.ended.then(() => (running = null))
      return child
    },
  }
}

async function controlRoomPort(wanted: number): Promise<number> {
  if (wanted === 0) return freePort()
  if (await portIsFree(wanted)) return wanted
  throw new Error(`Port ${wanted} is in use by another program. Choose another one: bin/start --port ${wanted + 10}`)
}
