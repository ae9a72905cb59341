import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** Replaces a file in one step, mode 0600: after a kill it holds the old text or the new one, never a part. */
export function writeAtomically(path: string, text: string): void {
  const next = `${path}.next`
  const fd = openSync(next, 'w', 0o600)
  writeSync(fd, text)
  fsyncSync(fd)
  closeSync(fd)
  renameSync(next, path)
}
