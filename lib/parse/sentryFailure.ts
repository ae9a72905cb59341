import type { Failure } from '../domain/event.ts'
import { booleanOf, listOf, numberOf, recordOf, textOf } from './loose.ts'
import { redactText } from './redactText.ts'
import { resolveFrame } from './stack.ts'
import { cutText, visible } from './visible.ts'

/** Errors in a chain, and frames of one: SDKs send at most 10 and 50. */
const CHAIN_MAX = 10
const FRAMES_MAX = 100
/** The start of a message says what happened; the whole stays in the stored body. */
const MESSAGE_MAX = 2048

/**
 * The failure in an event's `exception` (an array, or `{ values }`) or, without one, in its message. The SDK lists
 * root cause first and thrown error last, and frames oldest first: both are turned round. Null when it names neither.
 */
export function failureOf(event: Record<string, unknown>, tracked?: ReadonlySet<string>): Failure | null {
  const chain = listOf(event.exception).slice(-CHAIN_MAX).map(recordOf).reverse()
  const thrown = chain[0]
  if (!thrown) return messageOf(event)
  const causes = chain.map((error) => ({
    type: visible(textOf(error.type, 200) || 'Error'),
    message: messageText(error.value),
  }))
  const handled = chain.every((error) => booleanOf(recordOf(error.mechanism).handled) !== false)
  const { type, message } = causes[0] ?? { type: 'Error', message: '' }
  if (type === 'Error' && message === '' && !thrown.stacktrace) return null
  return { type, message, frames: framesOf(thrown, tracked), handled, extension: inExtension(thrown), causes }
}

function framesOf(error: Record<string, unknown>, tracked?: ReadonlySet<string>) {
  const frames = listOf(recordOf(error.stacktrace).frames).slice(-FRAMES_MAX).reverse()
  return frames.map(recordOf).map((frame) =>
    resolveFrame(
      {
        file: textOf(frame.filename, 2048) ?? textOf(frame.abs_path, 2048),
        function: textOf(frame.function),
        line: numberOf(frame.lineno),
        column: numberOf(frame.colno),
        inApp: booleanOf(frame.in_app),
        context: textOf(frame.context_line),
      },
      tracked,
    ),
  )
}

const EXTENSION = /^(?:chrome|moz|ms-browser|safari(?:-web)?)-extension:\/\//

/** The innermost frame is an extension's: it threw, whoever called it. */
function inExtension(error: Record<string, unknown>): boolean {
  const crash = recordOf(listOf(recordOf(error.stacktrace).frames).at(-1))
  return EXTENSION.test(textOf(crash.filename, 200) ?? textOf(crash.abs_path, 200) ?? '')
}

/** `captureMessage`: text somebody reported, without a crash. */
function messageOf(event: Record<string, unknown>): Failure | null {
  for (const entry of [event.logentry, event.message]) {
    const { formatted, message: template } = recordOf(entry)
    const message = messageText(typeof entry === 'string' ? entry : (formatted ?? template))
    if (message === '') continue
    return {
      ...{ type: 'Message', message, frames: [], handled: true, extension: false },
      causes: [{ type: 'Message', message }],
    }
  }
  return null
}

const messageText = (value: unknown): string => cutText(redactText(textOf(value) ?? ''), MESSAGE_MAX)
