import { type Emulated, emulate, type Heard } from './service.ts'
import type { Reply } from './trouble.ts'

export interface ReceivedSpan {
  name: string
  id: string
  parent: string | null
  failed: boolean
  attributes: Record<string, unknown>
}

export interface EmulatedCollector extends Emulated {
  spans: ReceivedSpan[]
  resources: Record<string, unknown>[]
  /** Headers of each call. */
  calls: Record<string, unknown>[]
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
  const kept: Omit<EmulatedCollector, keyof Emulated> = { spans: [], resources: [], calls: [] }

  function answer({ method, url, headers, body }: Heard): Reply {
    kept.calls.push(headers)
    if (method !== 'POST' || url.pathname !== '/v1/traces') return { status: 404, body: '' }
    if (headers['content-type'] !== 'application/json') return { status: 415, body: '' }
    for (const { resource, scopeSpans } of (JSON.parse(body.toString('utf8')) as Sent).resourceSpans) {
      kept.resources.push(valuesOf(resource.attributes))
      kept.spans.push(...scopeSpans.flatMap(({ spans }) => spans).map(received))
    }
    return { status: 200, body: '{}' }
  }

  const door = await emulate({
    note: ({ method, url }) => `${method} ${url.pathname}`,
    answer,
    refusal: (status) => ({ status, body: '' }),
    limited: ({ seconds }) => ({ status: 429, body: '', headers: { 'retry-after': String(seconds) } }),
  })
  return Object.assign(door, kept)
}

const ERROR = 2

const received = ({ name, spanId, parentSpanId, status, attributes }: Span): ReceivedSpan => ({
  ...{ name, id: spanId, parent: parentSpanId || null, failed: status?.code === ERROR },
  attributes: valuesOf(attributes ?? []),
})

const valuesOf = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
