import type { Probe } from '../../../domain/sandbox.ts'
import type { machines } from './base.ts'
import { within } from './machine.ts'
import { DENY_ALL, inForce } from './policy.ts'

/** An answer from anywhere says that the network is open; a connection alone may be the service's own firewall. */
const OUTSIDE = ['https://example.com/', 'http://1.1.1.1/', 'https://registry.npmjs.org/', 'https://vercel.com/']
/** Arguments: addresses. Prints those that answered. */
const PROGRAM = `const asked = process.argv.slice(1)
Promise.allSettled(asked.map((url) => fetch(url, { signal: AbortSignal.timeout(4000), redirect: 'manual' }))).then((all) => {
  console.log(asked.filter((_, at) => all[at].status === 'fulfilled').join(' ') || 'none'); process.exit(0) })`

/**
 * Tries the outer of the two walls alone, as the machine's ordinary user and outside of any box: what the service says of
 * its network policy, and what is true of it.
 */
export async function probeNetwork(shop: ReturnType<typeof machines>, addresses = OUTSIDE): Promise<Probe[]> {
  const machine = await shop.open(null, { policy: DENY_ALL, timeoutMs: 5 * 60_000 })
  try {
    const { session, sandbox } = machine
    const said = inForce(sandbox, DENY_ALL)
    const words = said === null ? 'not said when it was made' : 'deny-all, as the service says'
    const args = ['-c', 'exec "$(cat /nightshift/toolchain)/bin/node" -e "$@"', 'sh', PROGRAM, ...addresses]
    const tried = await session.runCommand({ cmd: '/bin/sh', args, env: {}, ...within() })
    const reached = (await tried.stdout()).trim()
    const variables = (await (await session.runCommand({ cmd: '/usr/bin/env', env: {}, ...within() })).stdout()).trim()
    const secrets = variables
      .split('\n')
      .filter((line) => /^[^=]*(TOKEN|SECRET|PASSWORD|_KEY|DATABASE_URL)[^=]*=./i.test(line))
    return [
      { name: 'network policy', contained: said !== false, detail: words },
      {
        ...{ name: 'network of the machine', contained: tried.exitCode === 0 && reached === 'none' },
        detail: tried.exitCode === 0 ? `answers from: ${reached}` : `the probe ended with ${tried.exitCode}`,
      },
      {
        ...{ name: 'environment of the machine', contained: secrets.length === 0 },
        detail: secrets.map((line) => line.split('=')[0]).join(' ') || 'no secret in it',
      },
    ]
  } finally {
    await machine.close()
  }
}
