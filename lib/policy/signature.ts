import type { TestFailure } from '../domain/testRun.ts'

/** What differs between two runs of one fault: addresses, times, ids, temporary names, lengths. */
const VARIES =
  /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?|0x[0-9a-f]+|\b[0-9a-f]{8,}(?:-[0-9a-f]{4,}){0,4}\b|\b\d+(?:\.\d+)?|\/tmp\/[^\s'"):]+/gi
const MESSAGE_MAX = 300

/**
 * The fingerprint of a failing test: the type, the message without what varies, and the innermost place of the
 * repository. A run that fails with another one fails for another reason.
 */
export function signatureOf({ type, message, frames }: TestFailure): string {
  const first = message.split('\n', 1)[0] ?? ''
  const place = frames[0]
  return [type, first.replace(VARIES, '#').slice(0, MESSAGE_MAX), place?.path ?? '', place?.function ?? ''].join('|')
}
