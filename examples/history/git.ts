import { spawnSync } from 'node:child_process'

/** Nothing of the caller's environment or configuration reaches git, so that the same input gives the same commits. */
const ENV = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
} as Record<string, string> as NodeJS.ProcessEnv

/** Runs git on a bare repository; answers its trimmed output, throws with its complaint. */
export function git(repository: string, args: string[], input?: string): string {
  const argv = [
    '--git-dir',
    repository,
    '-c',
    'core.hooksPath=/dev/null',
    '-c',
    `safe.directory=${repository}`,
    ...args,
  ]
  const { status, stdout, stderr, error } = spawnSync('git', argv, { env: ENV, input, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args[0]} failed: ${error?.message ?? stderr.trim()}`)
  return stdout.trim()
}
