import { spawn } from 'node:child_process'
import { gitAddress } from '../../domain/gitAddress.ts'
import { hostKey } from '../../domain/sshKey.ts'
import { Fault } from '../../errors.ts'
import { exactly } from '../sandbox/environment.ts'

export interface ShownKey {
  host: string
  line: string
  fingerprint: string
}

const SCAN_MS = 20_000
/** In the order in which hosts and clients prefer them. */
const TYPES = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa']

/** The key a repository's host shows now. Nobody vouches for it: a person compares its fingerprint. */
export async function scanHost(repository: string): Promise<ShownKey> {
  const address = gitAddress(repository)
  if (address?.kind !== 'ssh') throw new Fault('CODE_UNREACHABLE', 'Only what is reached over SSH has a host key.')
  const [name = '', port = '22'] = address.host.split(':')
  const out = await keyscan(['-T', '10', '-p', port, '-t', 'ed25519,ecdsa,rsa', name])
  const shown = out
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => hostKey(line.split(' ').slice(1, 3).join(' ')))
    .filter((key) => key !== null)
    .sort((one, other) => TYPES.indexOf(one.type) - TYPES.indexOf(other.type))
  const [best] = shown
  if (!best) throw new Fault('GIT_UNREACHABLE', `${address.host} shows no key.`)
  return { host: address.host, line: best.line, fingerprint: best.fingerprint }
}

function keyscan(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = exactly({ PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' })
    const options = { cwd: '/', env, timeout: SCAN_MS, stdio: ['ignore', 'pipe', 'ignore'] as const }
    const child = spawn('ssh-keyscan', args, { ...options, stdio: [...options.stdio] })
    let out = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      if (out.length < 64_000) out += chunk.toString('latin1')
    })
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Fault('GIT_PROGRAM_MISSING', 'ssh-keyscan: install openssh-client.')
          : new Fault('GIT_UNREACHABLE', error.message),
      ),
    )
    child.on('close', () => resolve(out))
  })
}
