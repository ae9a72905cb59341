import { existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs'
import type { Entry } from './state.ts'

export interface Log {
  /** Oldest first; never changed once appended. */
  entries(): readonly Entry[]
  append(entry: Entry): void
}

/**
 * Opens an append-only file of JSON lines.
 * A line cut short by a kill is removed: the store still holds that entry and appends it again.
 */
export function openLog(path: string): Log {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) truncateSync(path, Buffer.byteLength(whole))
  const entries = whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Entry => JSON.parse(line))
  const fd = openSync(path, 'a', 0o600)
  return {
    entries: () => entries,
    append(entry) {
      writeSync(fd, `${JSON.stringify(entry)}\n`)
      fsyncSync(fd)
      entries.push(entry)
    },
  }
}
