import type { CapturedRequest } from '@/lib/domain/event.ts'
import type { Witness } from '@/lib/domain/evidence.ts'
import { When } from './time.tsx'
import { Code, Untrusted } from './untrusted.tsx'

const CAPTURES: Record<CapturedRequest['capture'], string> = {
  complete: 'captured whole',
  partial: 'cut by the SDK',
  none: 'without a body',
}

/** One event as it was kept: when, on which commit, what it said, and the request with its secrets and people left out. */
export function WitnessOf({ witness: { id, event }, n, zone }: { witness: Witness; n: number; zone: string }) {
  return (
    <li id={`event-${n}`} className="source">
      <p>
        Event {n}: <Code text={id} />
      </p>
      {event ? (
        <>
          <p className="text-soft">
            <When at={event.at} zone={zone} seconds />, {event.environment}, on{' '}
            {event.sha ? <Code text={event.sha} /> : 'a commit it does not name'}
          </p>
          <p>
            <Untrusted text={`${event.failure.type}: ${event.failure.message}`} />
          </p>
          {event.request ? (
            <>
              <p className="text-soft">
                The request, {CAPTURES[event.request.capture]}, redacted before it was stored:
              </p>
              <pre className="block-code">
                <Untrusted text={written(event.request)} />
              </pre>
            </>
          ) : (
            <p className="text-soft">Outside a request.</p>
          )}
        </>
      ) : (
        <p className="text-soft">Its body is not kept any more: events are dropped after 14 days.</p>
      )}
    </li>
  )
}

/** As it would go over the wire. */
function written({ method, path, headers, body }: CapturedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path}`, ...lines, ...(body === null ? [] : ['', body])].join('\n')
}
