import { join } from 'node:path'
import { type Child, spawnChild } from '../children.ts'
import { baseEnv } from '../env.ts'

export interface Traffic {
  production: string
  staging: string
  /** Name of a word list of the sample's, where its history was built with one. */
  renamed: boolean
}

/** People using the sample app: the same fixed seed each time. */
export function startTraffic(checkout: string, home: string, traffic: Traffic): Child {
  const targets = ['--production', traffic.production, '--staging', traffic.staging]
  return spawnChild({
    name: 'traffic',
    argv: [
      process.execPath,
      join(checkout, 'examples/traffic.ts'),
      ...targets,
      ...(traffic.renamed ? ['--rename', 'renamed'] : []),
    ],
    cwd: checkout,
    env: baseEnv(),
    logs: join(home, 'logs'),
  })
}
