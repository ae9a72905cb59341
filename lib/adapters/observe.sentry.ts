import { defaultStackParser, type ErrorEvent, makeNodeTransport, NodeClient, Scope } from '@sentry/node'
import { OWN_TAG } from '../domain/own.ts'
import type { About } from '../world/observer.ts'
import { errorOf } from './observe.pino.ts'

export interface Complaints {
  complain(error: unknown, about: About): void
  flush(): Promise<void>
}

const SEND_MS = 3000

/**
 * Nightshift's own errors, to a Sentry that is not itself. A client of its own without integrations: nothing is patched, and
 * no request, breadcrumb, variable or line of source is in an event. `mark`: what our own ingest knows them by.
 */
export function sentryComplaints(dsn: string, who: { world: string; commit: string | null; mark: string }): Complaints {
  const client = new NodeClient({
    ...{ dsn, transport: makeNodeTransport, stackParser: defaultStackParser, integrations: [] },
    ...{ environment: who.world, sendDefaultPii: false, sendClientReports: false, includeServerName: false },
    ...(who.commit ? { release: who.commit } : {}),
    beforeSend: bare,
  })
  client.init()
  return {
    complain(error, about) {
      const scope = new Scope()
      scope.setTag(OWN_TAG, who.mark)
      for (const [name, value] of Object.entries(about)) if (value !== undefined) scope.setTag(name, value)
      client.captureException(error, { originalException: error }, scope)
    },
    flush: async () => void (await client.flush(SEND_MS)),
  }
}

/** What we mean to say and no more; an error's words go through the one redaction pass. */
function bare(event: ErrorEvent, { originalException }: { originalException?: unknown }): ErrorEvent {
  const { event_id, timestamp, level, platform, environment, release, tags } = event
  const { type, message } = errorOf(originalException)
  const values = (event.exception?.values ?? []).slice(-1).map(({ stacktrace, mechanism }) => ({
    ...{ type, value: message, stacktrace, mechanism },
  }))
  return { type: undefined, event_id, timestamp, level, platform, environment, release, tags, exception: { values } }
}
