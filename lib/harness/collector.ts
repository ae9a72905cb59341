import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeBody } from '../parse/body.ts'
import { parseEnvelope } from '../parse/envelope.ts'
import { eventFrom, type Seen } from './seen.ts'

/** A DSN on loopback: what the app reports of itself is collected here instead of at a vendor. */
export interface Collector {
  dsn: string
  /** In order of arrival. */
  events: Seen[]
  /** Envelopes being received now. */
  busy(): number
  close(): Promise<void>
}

/** Caps as at the real ingest: 2 MB sent, 8 MB unpacked; at most 1000 events a run are looked at. */
const SENT_MAX = 2 * 1024 * 1024
const UNPACKED_MAX = 8 * 1024 * 1024
const EVENTS_MAX = 1000
const ENDPOINT = /^\/api\/\d{1,9}\/envelope\/?(?:\?|$)/

export async function startCollector(tracked: ReadonlySet<string>): Promise<Collector> {
  const events: Seen[] = []
  let receiving = 0
  const server = createServer((req, res) => {
    receiving += 1
    receive(req, tracked)
      .then((found) => {
        events.push(...found.slice(0, Math.max(0, EVENTS_MAX - events.length)))
        answer(res, 200)
      })
      .catch(() => answer(res, 400))
      .finally(() => {
        receiving -= 1
      })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    dsn: `http://nightshift@127.0.0.1:${port}/1`,
    events,
    busy: () => receiving,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function receive(req: IncomingMessage, tracked: ReadonlySet<string>): Promise<Seen[]> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of req) {
    bytes += chunk.length
    if (bytes > SENT_MAX) throw new RangeError('too large')
    chunks.push(chunk)
  }
  if (req.method !== 'POST' || !ENDPOINT.test(req.url ?? '')) throw new RangeError('not an envelope')
  const encoding = req.headers['content-encoding'] ?? null
  const body = await decodeBody(Buffer.concat(chunks), encoding, UNPACKED_MAX)
  if (!body.ok) throw new RangeError(body.why)
  const envelope = parseEnvelope(body.bytes)
  if (!envelope.ok) throw new RangeError(envelope.why)
  return envelope.items
    .filter((item) => item.type === 'event')
    .flatMap((item) => eventFrom(item.payload.toString('utf8'), tracked) ?? [])
}

function answer(res: ServerResponse, status: number): void {
  if (res.destroyed) return
  res.writeHead(status, { 'content-type': 'application/json' })
  res.end('{}')
}
