import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What every run is shown anyway, and the other folders that are never a toolchain's own. */
const SYSTEM = /^\/(?:usr|s?bin|lib\w*|etc|var|proc|sys|dev|run|boot)?(?:\/|$)/

/** Whom a toolchain is looked for on behalf of. */
export interface Seeker {
  uid: number
  userHome: string
}

/**
 * The folder a program was installed to, such as `~/.pyenv/versions/3.12.1` for its `bin/python3`; null where it is the
 * system's own, which runs see anyway, or not fit to be shown: without the marks of what it should be (`lib/python*`
 * stands for any such name), a person's own folder, or closed to the account that a run has.
 */
export async function prefixOf(program: string, marks: string[], { uid, userHome }: Seeker): Promise<string | null> {
  const real = await realpath(program).catch(() => null)
  const home = await realpath(userHome).catch(() => userHome)
  const prefix = real && dirname(dirname(real))
  if (!prefix || isPersonal(prefix, home)) return null
  if (SYSTEM.test(prefix) && !prefix.startsWith('/usr/local/')) return null
  const parts = [prefix, real, ...(await Promise.all(marks.map((mark) => found(prefix, mark))))]
  const open = await Promise.all(parts.map((part) => (part === null ? false : isOpen(part, uid))))
  return open.every(Boolean) ? prefix : null
}

/** A home, what it lies in, or where programs of all kinds are put beside what is nobody else's business. */
const isPersonal = (prefix: string, home: string): boolean =>
  prefix === '/' || home === prefix || home.startsWith(`${prefix}/`) || prefix === join(home, '.local')

async function found(prefix: string, mark: string): Promise<string | null> {
  if (!mark.includes('*')) return join(prefix, mark)
  const folder = join(prefix, dirname(mark))
  const start = mark.slice(mark.lastIndexOf('/') + 1, -1)
  const names = await readdir(folder).catch((): string[] => [])
  const name = names.find((one) => one.startsWith(start))
  return name === undefined ? null : join(folder, name)
}

/** As root, runs have uids of their own; else they are the account that is looking. */
async function isOpen(path: string, uid: number): Promise<boolean> {
  const entry = await stat(path).catch(() => null)
  if (entry === null || uid !== 0) return entry !== null
  const needed = entry.isDirectory() ? 0o005 : 0o004
  return (entry.mode & needed) === needed
}
