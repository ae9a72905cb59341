import { join } from 'node:path'
import { type Child, spawnChild } from '../children.ts'
import { baseEnv } from '../env.ts'

export interface Traffic {
  production: string
  staging: string
  /** The sample's own words, where its history was built with others. */
  words?: Record<string, string>
  /** Faults that people meet: `all`, or names parted by commas; the first night's alone where none are named. */
  faults?: string
  /** Requests a second to production. */
  perSecond?: number
}

/** People using the sample app: the same fixed seed each time. */
export function startTraffic(checkout: string, home: string, traffic: Traffic): Child {
  const { production, staging, words, faults, perSecond } = traffic
  const options = {
    production,
    staging,
    rename: words && JSON.stringify(words),
    faults,
    rate: perSecond?.toString(),
  }
  const argv = Object.entries(options).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]))
  return spawnChild({
    name: 'traffic',
    argv: [process.execPath, join(checkout, 'examples/traffic.ts'), ...argv],
    cwd: checkout,
    env: baseEnv(),
    logs: join(home, 'logs'),
  })
}
