import { spawnSync } from 'node:child_process'
import { exactly } from '../sandbox/environment.ts'

const PATH = '/usr/local/bin:/usr/bin:/bin'

/** Whether a program that asks repositories is installed here. */
export function isInstalled(program: 'git' | 'ssh'): boolean {
  const flag = program === 'git' ? '--version' : '-V'
  return spawnSync(program, [flag], { env: exactly({ PATH }), stdio: 'ignore', timeout: 10_000 }).status === 0
}

let git: boolean | undefined
/** Once a process: whether it is the program or the library that speaks git. */
export const hasGit = (): boolean => (git ??= isInstalled('git'))
