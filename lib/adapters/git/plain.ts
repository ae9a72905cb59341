import { Fault } from '../../errors.ts'

/** Larger files are assets, not code; more than this in all is no repository anybody tests in a sandbox. */
export const MAX_FILE = 5 * 1024 ** 2
const MAX_FILES = 50_000
const MAX_BYTES = 400 * 1024 ** 2

/** Throws where a copy of so many files, or of so many bytes, would be too large. */
export function assertFits(files: number, bytes: number): void {
  if (files > MAX_FILES) throw new Fault('REPOSITORY_TOO_LARGE', `It has ${files} files.`)
  if (bytes > MAX_BYTES) throw new Fault('REPOSITORY_TOO_LARGE', 'Its files have more than 400 MB.')
}

/** Git itself makes no other, but whoever writes its objects can: a path that stays below the root. */
export const staysBelow = (path: string): boolean =>
  path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..')
