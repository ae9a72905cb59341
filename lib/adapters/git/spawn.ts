import { spawn } from 'node:child_process'
import { Fault } from '../../errors.ts'
import { exactly } from '../sandbox/environment.ts'

/** Switched off for every call: anything a repository could use to run code on this machine. */
const HARDENED = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.symlinks=false',
  'core.attributesFile=/dev/null',
  'core.sshCommand=/bin/false',
  'credential.helper=',
  'submodule.recurse=false',
  'transfer.fsckObjects=true',
  'gc.auto=0',
  // Or git starts two programs after each fetch and push, to find that there is nothing to tidy.
  'maintenance.auto=false',
  'protocol.allow=never',
  'protocol.file.allow=always',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
].flatMap((setting) => ['-c', setting])

const TIMEOUT_MS = 20_000
/** What asks the far side may bring a whole repository. */
export const FAR_MS = 15 * 60_000
/** A blob or listing above this is not something a fix touches. */
const MAX_OUTPUT = 64 * 1024 * 1024

interface GitOutput {
  status: number
  stdout: Buffer
  stderr: string
}

interface GitOptions {
  input?: Uint8Array | string
  /** Index file, author and dates; the environment holds nothing else. */
  env?: Record<string, string>
  /** Exit statuses that are answers, not failures. */
  accept?: number[]
  timeoutMs?: number
}

/** Runs host git on our own bare mirror with a fixed argv and an empty environment; never in a folder others write. */
export function git(dir: string, args: string[], options: GitOptions = {}): Promise<GitOutput> {
  const argv = ['--git-dir', dir, '--literal-pathspecs', ...HARDENED, ...args]
  const env = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '/bin/false',
    GIT_NO_REPLACE_OBJECTS: '1',
    ...options.env,
  }
  return new Promise((resolve, reject) => {
    const child = spawn('git', argv, { cwd: '/', env: exactly(env), stdio: ['pipe', 'pipe', 'pipe'] })
    const { timeoutMs = TIMEOUT_MS } = options
    let why: string | null = null
    const stop = (reason: string) => {
      why ??= reason
      child.kill('SIGKILL')
      // Programs it started may hold its pipes open, and are not waited for.
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
    }
    const timer = setTimeout(() => stop(`timed out after ${timeoutMs / 1000} s`), timeoutMs)
    const out: Buffer[] = []
    let size = 0
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_OUTPUT) stop('said more than is read')
      else out.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 4096) stderr += chunk.toString('utf8')
    })
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new Fault('CODE_UNREACHABLE', error.message))
    })
    child.on('close', (status) => {
      clearTimeout(timer)
      const accepted = status === 0 || (status !== null && options.accept?.includes(status))
      if (accepted) resolve({ status: status ?? -1, stdout: Buffer.concat(out), stderr })
      else reject(new Fault('CODE_UNREACHABLE', `git ${args[0]}: ${why ?? stderr.trim().slice(0, 500)}`))
    })
  })
}
