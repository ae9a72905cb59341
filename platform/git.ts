import { spawn } from 'node:child_process'

/** Nothing of ours reaches git, and git reads no configuration but the bare repository's own. */
const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: '/bin/false',
  GIT_NO_LAZY_FETCH: '1',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
} as Record<string, string> as NodeJS.ProcessEnv

/** A commit's tree fits in memory: the largest sample app is under 1 MB, a large web app under 100 MB. */
const MAX_BYTES = 256 * 1024 ** 2

/**
 * Runs one plumbing command on a bare repository, which may belong to another user.
 * Rejects with git's own last words when it fails or answers more than 256 MB.
 */
export function git(repository: string, args: string[], input = '', maxBytes = MAX_BYTES): Promise<Buffer> {
  const argv = [
    `--git-dir=${repository}`,
    '-c',
    'safe.directory=*',
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    'core.fsmonitor=false',
    ...args,
  ]
  return new Promise((resolve, reject) => {
    const child = spawn('git', argv, { env: ENV, cwd: '/', stdio: 'pipe' })
    const out: Buffer[] = []
    let size = 0
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) child.kill('SIGKILL')
      else out.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err = (err + chunk.toString()).slice(-500)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (size > maxBytes) reject(new Error('the commit is larger than 256 MB'))
      else if (code === 0) resolve(Buffer.concat(out))
      else reject(new Error(`git: ${err.trim() || `exit ${code}`}`))
    })
    // git may end before it has read everything: its exit status says why
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}
