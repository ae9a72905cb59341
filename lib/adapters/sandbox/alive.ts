import { readFile } from 'node:fs/promises'

/** Start time of a process in clock ticks since boot (field 22 of /proc/pid/stat); null when there is none. */
export async function startedAt(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  // The name, field 2, is in parentheses and may itself hold any of them.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

/** Whether a process is there; with a start time, whether it is that same one and not a later user of the number. */
export async function isAlive(pid: number, started?: string): Promise<boolean> {
  const now = await startedAt(pid)
  return now !== null && (started === undefined || started === now)
}

/** SIGKILL; a process that is already gone is what was wanted. */
export function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}
