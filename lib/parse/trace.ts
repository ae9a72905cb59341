import { recordOf, textOf } from './loose.ts'

/** The trace of an event as SDKs send it: 32 hex digits, shared by everything that one request caused. */
export function traceOf(body: unknown): string | null {
  const { trace_id: id } = recordOf(recordOf(recordOf(body).contexts).trace)
  const trace = textOf(id, 40) ?? ''
  return /^[0-9a-f]{32}$/.test(trace) && !/^0+$/.test(trace) ? trace : null
}
