import { join } from 'node:path'
import { spawnChild } from '../children.ts'
import { baseEnv, npmEnv } from '../env.ts'
import type { Parts } from '../parts.ts'

export interface PlatformAddress {
  url: string
  token: string
}

/** Building the boxes' runtime and starting what served last takes seconds; this is for a machine that swaps. */
const READY_MS = 60_000

/** Starts the local platform, a process of its own that knows nothing of Nightshift, and waits until it says it is up. */
export async function startPlatform(
  options: { checkout: string; home: string; port: number; token: string; toolchain: string },
  parts: Parts,
): Promise<PlatformAddress> {
  let ready: (port: number) => void = () => undefined
  const said = new Promise<number>((resolve) => (ready = resolve))
  const child = spawnChild({
    name: 'platform',
    argv: [process.execPath, join(options.checkout, 'platform/main.ts')],
    cwd: options.checkout,
    env: {
      ...baseEnv(),
      ...npmEnv(),
      PLATFORM_HOME: join(options.home, 'platform'),
      PLATFORM_PORT: String(options.port),
      PLATFORM_TOKEN: options.token,
      PLATFORM_RUNTIME_DIR: options.toolchain,
    },
    logs: join(options.home, 'logs'),
    onLine: (line) => {
      const port = readyPort(line)
      if (port !== null) ready(port)
    },
  })
  parts.add('the platform', () => child.stop())
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<string>((resolve) => (timer = setTimeout(() => resolve('never became ready'), READY_MS)))
  const outcome = await Promise.race([said, child.ended, tooLong])
  clearTimeout(timer)
  if (typeof outcome === 'string') throw new Error(`The local platform did not start: it ${outcome}.\n${child.tail()}`)
  return { url: `http://127.0.0.1:${outcome}`, token: options.token }
}

/** The port in `{"ready":true,"port":N}`, or null for any other line. */
export function readyPort(line: string): number | null {
  try {
    const said = JSON.parse(line) as { ready?: unknown; port?: unknown } | null
    return said?.ready === true && typeof said.port === 'number' ? said.port : null
  } catch {
    return null
  }
}
