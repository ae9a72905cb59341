import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bodyOf, type Fault, troubled } from './trouble.ts'

export interface ReceivedSpan {
  name: string
  id: string
  parent: string | null
  failed: boolean
  attributes: Record<string, unknown>
}

export interface EmulatedCollector {
  url: string
  spans: ReceivedSpan[]
  resources: Record<string, unknown>[]
  /** Headers of each call. */
  calls: Record<string, unknown>[]
  faults: Fault[]
  close(): Promise<void>
}

type Attributes = { key: string; value: Record<string, unknown> }[]
interface Span {
  name: string
  spanId: string
  parentSpanId?: string
  status?: { code?: number }
  attributes?: Attributes
}
interface Sent {
  resourceSpans: { resource: { attributes: Attributes }; scopeSpans: { spans: Span[] }[] }[]
}

/** A collector of traces, as it takes them by OTLP over HTTP in JSON. */
export async function emulateCollector(): Promise<EmulatedCollector> {
  const collector: EmulatedCollector = {
    ...{ url: '', spans: [], resources: [], calls: [], faults: [] },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  const server = createServer(async (request, response) => {
    const text = await bodyOf(request)
    await troubled(collector.faults, `${request.method} ${request.url}`, response, () => {
      collector.calls.push(request.headers)
      if (request.method !== 'POST' || request.url !== '/v1/traces') return { status: 404, body: '' }
      if (request.headers['content-type'] !== 'application/json') return { status: 415, body: '' }
      for (const { resource, scopeSpans } of (JSON.parse(text) as Sent).resourceSpans) {
        collector.resources.push(valuesOf(resource.attributes))
        collector.spans.push(...scopeSpans.flatMap(({ spans }) => spans).map(received))
      }
      return { status: 200, body: '{}' }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return collector
}

const ERROR = 2

const received = ({ name, spanId, parentSpanId, status, attributes }: Span): ReceivedSpan => ({
  ...{ name, id: spanId, parent: parentSpanId || null, failed: status?.code === ERROR },
  attributes: valuesOf(attributes ?? []),
})

const valuesOf = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
