import { type IncomingMessage, request as open, type ServerResponse } from 'node:http'

/** Headers that belong to one connection and are not passed on (RFC 9110, 7.6.1). */
const PER_CONNECTION = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** An app that says nothing for this long has failed the request. */
export const SILENCE_MS = 60_000

/**
 * Passes a request to an app on 127.0.0.1 and its answer back; each on a connection of its own, so that an app closing
 * idle connections never looks like a failed request.
 * `done` hears the status once: what the caller got, 502 or 504 when the app failed to answer, 0 when the caller left.
 */
export function forward(
  incoming: IncomingMessage,
  answer: ServerResponse,
  port: number,
  done: (status: number) => void,
  silenceMs: number = SILENCE_MS,
): void {
  let over = false
  const finish = (status: number) => {
    if (over) return
    over = true
    done(status)
  }
  const fail = (status: 502 | 504, message: string) => {
    if (over) return
    if (answer.headersSent) answer.destroy()
    else refuse(answer, status, message)
    finish(status)
  }
  const outgoing = open({
    host: '127.0.0.1',
    port,
    method: incoming.method,
    path: incoming.url,
    headers: headersFor(incoming),
    agent: false,
    timeout: silenceMs,
  })
  outgoing.on('response', (response) => {
    const status = response.statusCode ?? 502
    answer.writeHead(status, response.statusMessage, passedOn(response.rawHeaders, response.headers.connection))
    response.pipe(answer)
    response.on('error', () => fail(502, 'the app broke off its answer'))
    answer.on('finish', () => finish(status))
  })
  outgoing.on('timeout', () => {
    fail(504, 'the app did not answer in time')
    outgoing.destroy()
  })
  outgoing.on('error', () => fail(502, 'the app did not answer'))
  answer.on('close', () => {
    finish(0)
    outgoing.destroy()
  })
  incoming.pipe(outgoing)
}

/** Answers in the platform's own name. */
export function refuse(answer: ServerResponse, status: number, message: string): void {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify({ error: { code: `platform-${status}`, message } }))
}

function headersFor(incoming: IncomingMessage): string[] {
  const headers = passedOn(incoming.rawHeaders, incoming.headers.connection).filter(
    (_, index, all) => !/^x-forwarded-(for|host|proto)$/i.test(all[index - (index % 2)] ?? ''),
  )
  headers.push('x-forwarded-for', incoming.socket.remoteAddress ?? '', 'x-forwarded-proto', 'http')
  if (incoming.headers.host !== undefined) headers.push('x-forwarded-host', incoming.headers.host)
  headers.push('connection', 'close')
  // a body of unknown length stays one; without either header there is none
  if (incoming.headers['transfer-encoding'] !== undefined) headers.push('transfer-encoding', 'chunked')
  return headers
}

/** Raw headers, name and value in turn, without those of one connection and those it names. */
function passedOn(raw: string[], connection: string | undefined): string[] {
  const named = (connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const dropped = new Set([...PER_CONNECTION, ...named])
  return raw.filter((_, index) => !dropped.has((raw[index - (index % 2)] ?? '').toLowerCase()))
}
