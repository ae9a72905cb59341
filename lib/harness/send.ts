import { type ClientRequest, request as open } from 'node:http'
import type { FixtureRequest } from '../domain/fixture.ts'

export interface Sent {
  /** 0 when the app did not answer. */
  status: number
  body: string
  ms: number
}

/** Long enough for a cold route, short enough that a hanging one does not eat the run. */
const ANSWER_MS = 10_000
const BODY_CHARS = 2048
/** Belong to the connection, not to the request. */
const HOP = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'upgrade',
  'keep-alive',
])

/** Sends one request to the app on loopback. @param trace 32 hex digits that the app's SDK gives back with its events. */
export function send(port: number, request: FixtureRequest, trace: string, answerMs = ANSWER_MS): Promise<Sent> {
  const from = performance.now()
  return new Promise((done) => {
    let timer: NodeJS.Timeout | undefined
    const end = (status: number, body: string): void => {
      clearTimeout(timer)
      done({ status, body, ms: Math.round(performance.now() - from) })
    }
    const outgoing = opened(port, request, trace)
    if (!outgoing) return end(0, '')
    timer = setTimeout(() => {
      end(0, '')
      outgoing.destroy()
    }, answerMs)
    let text = ''
    outgoing.on('response', (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (text.length < BODY_CHARS) text += chunk
      })
      response.on('close', () => end(response.statusCode ?? 0, text.slice(0, BODY_CHARS)))
    })
    outgoing.on('error', () => end(0, ''))
    outgoing.end(request.body ?? undefined)
  })
}

/** Null where the request cannot be written at all: a header or a path with characters HTTP does not have. */
function opened(port: number, { method, path, ...request }: FixtureRequest, trace: string): ClientRequest | null {
  try {
    return open({ host: '127.0.0.1', port, method, path, headers: headersOf(request, trace), agent: false })
  } catch {
    return null
  }
}

function headersOf(request: Pick<FixtureRequest, 'headers' | 'body'>, trace: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP.has(name.toLowerCase())) headers[name] = value
  }
  if (request.body !== null) headers['content-length'] = String(Buffer.byteLength(request.body))
  return { ...headers, 'sentry-trace': `${trace}-${trace.slice(0, 16)}` }
}
