import { readFile } from 'node:fs/promises'

/** Whether a process runs; one that only waits to be counted by its parent does not. */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat !== null && !/\) [ZX] /.test(stat)
}

export async function aliveOf(pids: number[]): Promise<number[]> {
  const alive = await Promise.all(pids.map(isAlive))
  return pids.filter((_, i) => alive[i])
}

/** Ends what a test that killed a parent left behind: only processes whose command line names one of our programs. */
export async function endLeftovers(pids: number[]): Promise<void> {
  for (const pid of await aliveOf(pids)) {
    const argv = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (/family\.mjs|setInterval\(\(\) => \{\}, 1000\)/.test(argv)) process.kill(pid, 'SIGKILL')
  }
}

/** The numbers after `pids` in what a program of ours printed. */
export const pidsIn = (text: string): number[] =>
  [...text.matchAll(/^(?:\S+Z )?pids (.+)$/gm)].flatMap(([, pids = '']) => pids.split(' ').map(Number))
