import { createHash } from 'node:crypto'
import type { Failure, Frame } from '../domain/event.ts'
import { redactSource, redactText } from './redactText.ts'

/**
 * Which failures are the same one: the same type at the same statement of the same function of the same file. Lines
 * are never counted (they move with every commit), messages only where there is nothing of ours to point at.
 */

const INPUT_MAX = 2000

/** 24 hex digits. Text is redacted first, so that stored events and the sandbox's raw ones agree. */
export function fingerprintOf(failure: Failure): string {
  const crash = failure.frames.find((frame) => frame.inApp)
  const parts = crash
    ? [failure.type, crash.path ?? '', functionName(crash.function), statement(crash, failure)]
    : [failure.type, 'message', normalMessage(failure.message)]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24)
}

/** The source line, white space folded; without one the message keeps two faults of one function apart. */
function statement(frame: Frame, failure: Failure): string {
  const line = frame.context?.replace(/\s+/g, ' ').trim()
  return line ? redactSource(line) : normalMessage(failure.message)
}

/** Runtimes spell one function many ways: `async f`, `Object.f`, `f [as g]`, `<anonymous>`, `?`. */
export function functionName(name: string | null): string {
  const bare = (name ?? '')
    .slice(0, 200)
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/^(?:async |new |get |set )+/, '')
    .replace(/^(?:Object|Module|exports|global|globalThis|process|Server|Function)\./, '')
  return /^(?:<anonymous>|anonymous|\?|null|default|)$/.test(bare) ? '' : bare
}

/** A message without what differs from event to event. */
export function normalMessage(message: string): string {
  return redactText(message)
    .slice(0, INPUT_MAX)
    .replace(/"[^"\n]{0,200}"|'[^'\n]{0,200}'|`[^`\n]{0,200}`/g, '""')
    .replace(/\[[a-z-]{2,20}\]/g, '[]')
    .replace(/\b(?:0x)?[\da-f]{8,}(?:-[\da-f]{4,12}){0,4}\b/gi, '#')
    .replace(/\d+(?:[.,:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300)
}
