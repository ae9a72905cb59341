import type { Failure } from '../domain/event.ts'

export interface HarmlessFacts {
  failure: Failure
  /** Requests of the event's route that the host counted as failed in the last five minutes. */
  routeFailed: number
}

interface Known {
  type: RegExp
  message: RegExp
  why: string
}

/** Errors that say something about somebody else's browser or patience, never about this code; each with who says so. */
const KNOWN: Known[] = [
  {
    // Node: `abortIncoming` in node:_http_server; raw-body and Fastify word it their own way.
    type: /^(?:Error|BadRequestError|FastifyError)$/,
    message: /^(?:aborted|request aborted|premature close)$/i,
    why: 'The caller hung up before the request was over.',
  },
  {
    type: /^AbortError$/,
    message: /^(?:(?:The|This) (?:user aborted a request|operation was aborted)|Fetch is aborted|signal is aborted)/i,
    why: 'The caller gave up waiting.',
  },
  {
    // Resize Observer, W3C: delivered in the next frame, nothing is lost.
    type: /^(?:Error|Message)$/,
    message: /^ResizeObserver loop (?:limit exceeded|completed with undelivered notifications\.?)$/,
    why: 'The browser puts such a notification off to its next frame; nothing is lost.',
  },
  {
    // HTML, "muted errors": a script of another origin, of which the browser tells nothing.
    type: /^(?:Error|Message)$/,
    message: /^Script error\.?$/,
    why: 'A script of another origin failed, and the browser tells no more than that.',
  },
]

/**
 * Why an event is left alone, or null. Its text is anybody's, so it lowers nothing by itself: only where no frame lies in
 * the repository and the host counted no failed request of the route.
 */
export function harmless({ failure, routeFailed }: HarmlessFacts): string | null {
  if (routeFailed > 0 || failure.frames.some((frame) => frame.inApp)) return null
  if (failure.extension) return 'It happened inside a browser extension.'
  const known = KNOWN.find(({ type, message }) => type.test(failure.type) && message.test(failure.message.trim()))
  return known?.why ?? null
}
