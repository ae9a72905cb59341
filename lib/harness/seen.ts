import { isObject, parseJson } from '../parse/json.ts'
import { isNetwork } from '../parse/network.ts'
import { redact } from '../parse/redact.ts'
import { errorEventOf } from '../parse/sentryEvent.ts'

/** What the harness keeps of one event. */
export interface Seen {
  fingerprint: string
  type: string
  message: string
  /** Its cause chain ends in a network code: no proof of a code fault. */
  network: boolean
  /** The trace the SDK continued, which tells whose request it was; null where it names none. */
  trace: string | null
}

/** Users of a replay are made up: their hashes never leave the sandbox, so a constant salt gives nothing away. */
const SALT = 'replay'
const MESSAGE_CHARS = 500

/** Read exactly as an event from production is, redaction first, or fingerprints would not agree. Null when unreadable. */
export function eventFrom(text: string, tracked: ReadonlySet<string>): Seen | null {
  const parsed = parseJson(text)
  if (!parsed.ok) return null
  const answer = errorEventOf(redact(parsed.value, SALT), new Date(0).toISOString(), 'replay', tracked)
  if (!answer.ok) return null
  const { failure, fingerprint } = answer.event
  return {
    fingerprint,
    type: failure.type,
    message: failure.message.slice(0, MESSAGE_CHARS),
    network: isNetwork(failure.causes),
    trace: traceOf(parsed.value),
  }
}

function traceOf(event: unknown): string | null {
  const contexts = isObject(event) ? event.contexts : null
  const trace = isObject(contexts) ? contexts.trace : null
  const id = isObject(trace) ? trace.trace_id : null
  return typeof id === 'string' ? id : null
}
