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

/** The numbers after `pids` in what a program of ours printed. */
export const pidsIn = (text: string): number[] =>
  [...text.matchAll(/^(?:\S+Z )?pids (.+)$/gm)].flatMap(([, pids = '']) => pids.split(' ').map(Number))
