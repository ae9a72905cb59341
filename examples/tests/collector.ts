import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Frame {
  filename: string
  function: string
  lineno: number
  in_app: boolean
  context_line: string
}

/** The parts of an event the tests look at. */
export interface SentEvent {
  release: string
  environment: string
  user: { id: string }
  request: { method: string; url: string; headers: Record<string, string>; data?: string }
  exception: {
    values: {
      type: string
      value: string
      mechanism: { handled: boolean }
      stacktrace?: { frames: Frame[] }
    }[]
  }
}

/** A stand-in for the place errors are reported to: keeps every event it is sent. */
export async function startCollector() {
  const events: SentEvent[] = []
  const waiting: (() => void)[] = []
  const server = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      events.push(...eventsOf(Buffer.concat(chunks).toString('utf8')))
      res.end('{}')
      for (const wake of waiting.splice(0)) wake()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    events,
    dsn: `http://nightshift@127.0.0.1:${(server.address() as AddressInfo).port}/ingest/1`,
    /** The event at `index`, as soon as it is there. */
    async event(index: number): Promise<SentEvent> {
      for (;;) {
        const event = events[index]
        if (event) return event
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function eventsOf(envelope: string): SentEvent[] {
  const lines = envelope.split('\n')
  return lines.flatMap((line, index) => {
    const isEvent = index > 0 && line.startsWith('{"type":"event"')
    return isEvent ? [JSON.parse(lines[index + 1] ?? 'null') as SentEvent] : []
  })
}

/** Where it crashed: the last in-app frame of the outermost error, without the folder the app stands in. */
export function crashOf(event: SentEvent) {
  const thrown = event.exception.values.at(-1)
  const frame = thrown?.stacktrace?.frames.findLast(({ in_app }) => in_app)
  const path = frame?.filename.replace(/^.*\/(?=src\/)/, '')
  return { type: thrown?.type, message: thrown?.value, path, function: frame?.function }
}
