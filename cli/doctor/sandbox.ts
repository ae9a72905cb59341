import { resolve } from 'node:path'
import { runner } from '../../lib/adapters/index.ts'
import { parseConfig } from '../../lib/config.ts'
import { makeHome } from '../home.ts'
import { loadSecrets } from '../secrets.ts'
import { controlRoomEnv } from '../stack/controlRoom.ts'
import { registrySettings } from '../stack/registry.ts'
import { toolchain } from '../toolchain.ts'
import type { Check } from './check.ts'

const checkout = resolve(import.meta.dirname, '../..')

/** The whole self-test of the sandbox, probe by probe. */
export async function sandboxChecks(home: string): Promise<Check[]> {
  await makeHome(home)
  const tools = await toolchain(home)
  const secrets = await loadSecrets(home)
  // The self-test reaches neither of the two addresses.
  const unused = 'http://127.0.0.1:9'
  const env = controlRoomEnv({
    checkout,
    home,
    port: 3000,
    databaseUrl: 'postgres://127.0.0.1:9/nightshift',
    platform: { url: unused, token: secrets.platformToken },
    secrets,
    toolchain: tools,
    registry: await registrySettings(tools, checkout),
    settings: {},
  })
  const test = await runner(parseConfig(env), checkout).sandbox.selfTest({ full: true })
  const probes = test.probes.map(
    ({ contained, name, detail }): Check => ({
      state: contained ? 'ok' : 'fails',
      name,
      detail: detail.replace(/\s+/g, ' '),
    }),
  )
  const sum: Check = test.ok
    ? { state: 'ok', name: 'sandbox', detail: `it holds: ${test.boundary}` }
    : { state: 'fails', name: 'sandbox', detail: `it does not hold: ${test.why} ${test.remedy}` }
  return [...probes, sum]
}
