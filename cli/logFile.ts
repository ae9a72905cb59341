import { createWriteStream, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** One old file is kept beside the current one. */
const ROTATE_BYTES = 10 * 1024 ** 2
const LINE_CHARACTERS = 8192

export interface LogFile {
  path: string
  /** Copies a stream line by line, each with the time it came; `onLine` sees them too. */
  take(stream: Readable, onLine?: (line: string) => void): void
  /** The last lines, as one text: what to show when a program ended too early. */
  tail(): string
  close(): void
}

/** `<folder>/<name>.log`, readable by its owner only: programs print what they like. */
export function openLog(folder: string, name: string): LogFile {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${name}.log`)
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_BYTES) renameSync(path, `${path}.1`)
  const file = createWriteStream(path, { flags: 'a', mode: 0o600 })
  file.on('error', () => undefined)
  const last: string[] = []
  return {
    path,
    take(stream, onLine) {
      const lines = createInterface({ input: stream })
      lines.on('error', () => undefined)
      lines.on('line', (line) => {
        const short = line.slice(0, LINE_CHARACTERS)
        if (!file.writableEnded) file.write(`${new Date().toISOString()} ${short}\n`)
        last.push(short)
        if (last.length > 15) last.shift()
        onLine?.(line)
      })
    },
    tail: () => last.join('\n'),
    close: () => file.end(),
  }
}
