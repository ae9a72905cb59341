import { readFile } from 'node:fs/promises'

export interface Unavailable {
  why: string
  remedy: string
}

const SWITCHES = [
  { file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns', bad: '1', good: '0' },
  { file: '/proc/sys/kernel/unprivileged_userns_clone', bad: '0', good: '1' },
  { file: '/proc/sys/user/max_user_namespaces', bad: '0', good: '15000' },
]

/** The sysctl that forbids user namespaces here, as the line that allows them; a container's own rule when none does. */
async function allowNamespaces(): Promise<string> {
  for (const { file, bad, good } of SWITCHES) {
    const value = await readFile(file, 'utf8').catch(() => null)
    if (value?.trim() === bad) return `sysctl -w ${file.slice('/proc/sys/'.length).replaceAll('/', '.')}=${good}`
  }
  return 'docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined (user namespaces are forbidden from outside)'
}

/** What stands in the way, and the one line that removes it, from what the launcher said. */
export async function explain(said: string): Promise<Unavailable> {
  if (/spawn \S+ ENOENT|prlimit: failed to execute/.test(said)) {
    return { why: 'bubblewrap is not installed.', remedy: 'apt-get install -y bubblewrap' }
  }
  if (/Unknown option|unrecognized option/i.test(said)) {
    return { why: 'bubblewrap is older than 0.8.', remedy: 'apt-get install -y bubblewrap (0.8 or newer)' }
  }
  if (/bwrap: .*(?:namespace|uid map|Can't mount proc|No permissions to create)/i.test(said)) {
    return { why: 'User namespaces are forbidden on this machine.', remedy: await allowNamespaces() }
  }
  if (/bwrap: .*(?:Can't (?:find source path|bind mount)|Permission denied)/i.test(said)) {
    return {
      why: `A folder that the sandbox needs cannot be reached by its user: ${said.slice(0, 200)}`,
      remedy: 'Set NIGHTSHIFT_HOME to a folder whose parents everyone may enter, such as /var/lib/nightshift',
    }
  }
  return {
    why: `The sandbox did not start: ${said.slice(0, 200)}`,
    remedy: 'Run `nightshift doctor` for the whole output',
  }
}
