import { readdir, readFile } from 'node:fs/promises'

const CLOSE_ON_EXEC = 0o2000000

/**
 * Descriptors above `first` that we were started with and that every child would inherit: a shell or a supervisor
 * may have left one open, and it would lead from the inside to whatever it is open on.
 */
export async function inheritable(first: number): Promise<number[]> {
  const numbers = (await readdir('/proc/self/fdinfo')).map(Number).filter((fd) => fd >= first)
  const found = await Promise.all(
    numbers.map(async (fd) => {
      const info = await readFile(`/proc/self/fdinfo/${fd}`, 'utf8').catch(() => '')
      const flags = /^flags:\s*([0-7]+)$/m.exec(info)?.[1]
      return flags !== undefined && (Number.parseInt(flags, 8) & CLOSE_ON_EXEC) === 0
    }),
  )
  return numbers.filter((_, index) => found[index])
}
