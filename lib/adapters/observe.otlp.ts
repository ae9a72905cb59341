import { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import type { About } from '../world/observer.ts'

export interface Traces {
  /** Runs something under a span of its own, inside the one it is called in. `end` says what it came to. */
  span<T>(
    name: string,
    about: About,
    run: () => Promise<T>,
    end: (value: T) => { about: About; failed: boolean },
  ): Promise<T>
  flush(): Promise<void>
}

const SEND_MS = 5000

const known = (about: About) =>
  Object.fromEntries(
    Object.entries(about).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[`nightshift.${name}`, value]],
    ),
  )

/**
 * Traces by OTLP over HTTP. Of its own, not the process's: libraries that trace themselves would put addresses and statements
 * into it, and here attributes are ids, enums and numbers alone.
 */
export function otlpTraces(
  to: { url: string; headers: Record<string, string> },
  who: { world: string; commit: string | null },
): Traces {
  const exporter = new OTLPTraceExporter({ url: to.url, headers: to.headers, timeoutMillis: SEND_MS })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'nightshift',
      'deployment.environment.name': who.world,
      ...(who.commit ? { 'service.version': who.commit } : {}),
    }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: SEND_MS, exportTimeoutMillis: SEND_MS })],
  })
  const tracer = provider.getTracer('nightshift')
  const inside = new AsyncLocalStorage<Context>()
  return {
    async span(name, about, run, end) {
      const above = inside.getStore() ?? ROOT_CONTEXT
      const span = tracer.startSpan(name, { attributes: known(about) }, above)
      try {
        const value = await inside.run(trace.setSpan(above, span), run)
        const came = end(value)
        span.setAttributes(known(came.about))
        if (came.failed) failed(span)
        return value
      } catch (error) {
        failed(span)
        throw error
      } finally {
        span.end()
      }
    },
    flush: () => provider.forceFlush().catch(() => undefined),
  }
}

/** That it did, not how: an error's words may be anybody's. */
const failed = (span: Span) => span.setStatus({ code: SpanStatusCode.ERROR })
