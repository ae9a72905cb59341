import { closeSync, fstatSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'

/** Bytes a file holds before it moves to `.1`, so a deployment keeps between one and two of these. */
export const ROLL_BYTES = 256 * 1024
/** Bytes of output that explain a failure. */
const TAIL_BYTES = 2048

export interface Output {
  write(chunk: Buffer | string): void
  /** The last 2 KB, for the reason of a failure: untrusted text. */
  tail(): string
  close(): void
}

/** Opens the rolling output file of one deployment; earlier output is kept and counts. */
export function openOutput(path: string, rollBytes: number = ROLL_BYTES): Output {
  let fd = openSync(path, 'a', 0o600)
  let size = fstatSync(fd).size
  let last = readFileSync(path).subarray(-TAIL_BYTES)
  return {
    write(text) {
      const chunk = Buffer.from(text)
      const kept = chunk.subarray(-rollBytes)
      if (size > 0 && size + kept.length > rollBytes) {
        closeSync(fd)
        renameSync(path, `${path}.1`)
        fd = openSync(path, 'a', 0o600)
        size = 0
      }
      writeSync(fd, kept)
      size += kept.length
      last = Buffer.concat([last, chunk]).subarray(-TAIL_BYTES)
    },
    tail: () => last.toString('utf8').trim(),
    close: () => closeSync(fd),
  }
}
