import { request as open } from 'node:http'
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
export function send(port: number, request: FixtureRequest, trace: string): Promise<Sent> {
  const from = performance.now()
  return new Promise((done) => {
    const end = (status: number, body: string): void => done({ status, body, ms: Math.round(performance.now() - from) })
    let outgoing: ReturnType<typeof open>
    try {
      outgoing = open({
        host: '127.0.0.1',
        port,
        method: request.method,
        path: request.path,
        headers: headersOf(request, trace),
        agent: false,
      })
    } catch {
      return end(0, '')
    }
    let text = ''
    outgoing.on('response', (response) => {
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        if (text.length < BODY_CHARS) text += chunk
      })
      response.on('close', () => end(response.statusCode ?? 0, text.slice(0, BODY_CHARS)))
    })
    outgoing.setTimeout(ANSWER_MS, () => outgoing.destroy())
    outgoing.on('error', () => end(0, ''))
    outgoing.end(request.body ?? undefined)
  })
}

function headersOf(request: FixtureRequest, trace: string): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) {
    if (!HOP.has(name.toLowerCase())) headers[name] = value
  }
  if (request.body !== null) headers['content-length'] = String(Buffer.byteLength(request.body))
  return { ...headers, 'sentry-trace': `${trace}-${trace.slice(0, 16)}` }
}
