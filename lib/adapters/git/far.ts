import { Fault, type FaultCode } from '../../errors.ts'
import type { Mirror } from './mirror.ts'
import { git } from './spawn.ts'

export interface FarOutput {
  /** 1: it was refused, in a way that git tells apart. */
  status: number
  stdout: string
  stderr: string
}

/** One call of git that asks the far side. What is no answer is a Fault, without a secret in it. */
export async function farGit(mirror: Mirror, args: string[], timeoutMs?: number): Promise<FarOutput> {
  const { env, secrets, close } = await mirror.reach()
  try {
    const options = { env, accept: [1, 128, 129], ...(timeoutMs ? { timeoutMs } : {}) }
    const out = await git(mirror.dir, args, options)
    const stderr = without(secrets, out.stderr)
    const told = { status: out.status, stdout: without(secrets, out.stdout.toString('utf8')), stderr }
    if (out.status > 1) throw farFault(stderr, mirror)
    return told
  } catch (error) {
    if (error instanceof Fault && /timed out|ENOENT/.test(error.detail)) throw farFault(error.detail, mirror)
    throw error
  } finally {
    await close()
  }
}

/** What git, ssh and curl say, by what it means for whoever reads it. The first that fits. */
const MEANINGS: [RegExp, FaultCode, string?][] = [
  [/spawn git ENOENT/, 'GIT_PROGRAM_MISSING', 'git: install the package git, or set GIT=isomorphic for HTTPS.'],
  [
    /ssh: (?:command )?not found|cannot run ssh|cannot exec.*ssh/,
    'GIT_PROGRAM_MISSING',
    'ssh: install openssh-client, or give an address with https://.',
  ],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED/, 'GIT_HOST_KEY', 'It shows another key than the one that was trusted.'],
  [/Host key verification failed|host key .*not known/i, 'GIT_HOST_KEY', 'It shows a key that nobody trusted.'],
  [/certificate|SSL_ERROR|server verification/i, 'GIT_CERTIFICATE'],
  [
    /Permission denied|Authentication failed|could not read (?:Username|Password)|askpass|error: 401/i,
    'GIT_UNAUTHORISED',
  ],
  [/error: 403|not allowed|marked as read.only|access denied|not authori[sz]ed/i, 'GIT_UNAUTHORISED'],
  [/error: 429/, 'GIT_LIMITED'],
  [/error: 30[1278]/, 'CODE_UNREACHABLE', 'It leads to another address: give the project that one, if it is yours.'],
  [
    /resolve|Connection|connect|timed out|early EOF|hung up|transfer closed|RPC failed|unable to access|kex_exchange|error: 5\d\d/i,
    'GIT_UNREACHABLE',
  ],
]

export function farFault(stderr: string, { address }: Pick<Mirror, 'address'>): Fault {
  const [, code, words] = MEANINGS.find(([is]) => is.test(stderr)) ?? [null, 'CODE_UNREACHABLE' as const]
  const where = address.kind === 'path' ? '' : `${address.host}: `
  return new Fault(code, `${where}${words ?? inShort(stderr)}`)
}

/** The lines that say something, in one; what a far side says is somebody else's words. */
const inShort = (stderr: string): string =>
  stderr
    .split('\n')
    .map((line) => line.replace(/[\p{Cc}\p{Cf}]/gu, '').trim())
    .filter((line) => line !== '' && !/^(?:hint:|Please make sure|and the repository exists)/.test(line))
    .join('; ')
    .slice(0, 400)

function without(secrets: string[], text: string): string {
  return secrets.filter(Boolean).reduce((clean, secret) => clean.replaceAll(secret, '[secret]'), text)
}
