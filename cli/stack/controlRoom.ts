import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { CODE_SETTINGS } from '../../lib/config/code.ts'
import { VERCEL_DEPLOY_SETTINGS } from '../../lib/config/deploy.ts'
import { MODEL_SETTINGS } from '../../lib/config/model.ts'
import { NOTIFY_SETTINGS } from '../../lib/config/notify.ts'
import { baseEnv, passedOn } from '../env.ts'
import type { Secrets } from '../secrets.ts'
import { type Supervised, supervise } from '../supervise.ts'
import type { PlatformAddress } from './platform.ts'

export interface ControlRoomOptions {
  checkout: string
  home: string
  port: number
  databaseUrl: string
  /** Null where the app is deployed elsewhere. */
  platform: PlatformAddress | null
  secrets: Secrets
  toolchain: string
  registry: Record<string, string>
  /** Further settings, by their names in `lib/config.ts`. */
  settings: Record<string, string>
}

export const addressOf = (port: number): string => `http://localhost:${port}`

const OF_CHOICES = {
  model: MODEL_SETTINGS,
  code: CODE_SETTINGS,
  deploy: VERCEL_DEPLOY_SETTINGS,
  notify: NOTIFY_SETTINGS,
}

/** The whole environment of Nightshift's server. */
export function controlRoomEnv(options: ControlRoomOptions): Record<string, string> {
  const { secrets, platform } = options
  return {
    ...baseEnv(),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    WORLD: 'local',
    DATABASE_URL: options.databaseUrl,
    NIGHTSHIFT_HOME: options.home,
    NIGHTSHIFT_URL: addressOf(options.port),
    SESSION_SECRET: secrets.sessionSecret,
    CRON_SECRET: secrets.cronSecret,
    CONTROL_TOKEN: secrets.controlToken,
    ENCRYPTION_KEY: secrets.encryptionKey,
    ...(platform ? { PLATFORM_URL: platform.url, PLATFORM_TOKEN: platform.token } : {}),
    TOOLCHAIN: options.toolchain,
    SCHEDULER: 'on',
    RINGS: 'on',
    ...passedOn(OF_CHOICES),
    ...options.registry,
    ...options.settings,
  }
}

/** Starts the built control room on 127.0.0.1 and keeps it running. */
export function startControlRoom(options: ControlRoomOptions, say: (line: string) => void): Supervised {
  const next = join(options.checkout, 'node_modules/next/dist/bin/next')
  return supervise(
    {
      name: 'nightshift',
      argv: [process.execPath, next, 'start', '-p', String(options.port), '-H', '127.0.0.1'],
      cwd: options.checkout,
      env: controlRoomEnv(options),
      logs: join(options.home, 'logs'),
      // Next waits for requests under way, and without its database those never end.
      orphaned: 'KILL',
    },
    (how, inMs) => say(`Nightshift ${how}; it is started again in ${inMs / 1000} s.`),
  )
}

const READY_MS = 60_000

/** Resolves when the server answers; a server that ends instead, or answers with faults only, is an error with its log. */
export async function untilAnswers(port: number, room: Supervised): Promise<void> {
  const child = room.current()
  let ended: string | null = child ? null : 'is not running'
  void child?.ended.then((how) => (ended = how))
  let last = 'did not answer'
  for (let waited = 0; ended === null && waited < READY_MS; waited += 200) {
    try {
      const { status } = await fetch(`http://127.0.0.1:${port}/api/health`, {
        redirect: 'manual',
        signal: AbortSignal.timeout(5000),
      })
      if (status < 500) return
      last = `answered with ${status}`
    } catch {
      last = 'did not answer'
    }
    await sleep(200)
  }
  throw new Error(`The control room did not start: it ${ended ?? last}.\n${child?.tail() ?? ''}`)
}
