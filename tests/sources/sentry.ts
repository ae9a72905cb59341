import { type EmulatedSentry, emulateSentry } from '../../emulators/sentry.ts'
import { sentrySource } from '../../lib/adapters/source.sentry.ts'
import type { Poll, SourceEvent } from '../../lib/domain/source.ts'
import type { Source } from '../../lib/world.ts'

export const SLUG = 'shop'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

let ids = 0
export const nextId = (): string => (++ids).toString(16).padStart(32, '0')

/** One fault of the shop, as its SDK reports it; another `fault` is another function. */
export const fault = (name = 'launch', more: object = {}): Record<string, unknown> => ({
  event_id: nextId(),
  level: 'error',
  environment: 'production',
  transaction: 'POST /api/campaigns/launch',
  exception: {
    values: [
      {
        ...{ type: 'TypeError', value: "Cannot read properties of undefined (reading 'id')" },
        mechanism: { type: 'generic', handled: false },
        stacktrace: {
          frames: [
            {
              ...{ filename: '/app/src/launch.ts', function: name, lineno: 2, colno: 19, in_app: true },
              context_line: '  return practice.id',
            },
          ],
        },
      },
    ],
  },
  ...more,
})

export interface Asked {
  sentry: EmulatedSentry
  source: Source
  /** Polls on from where it stands until nothing more is there, trouble or not; what it told, in order. */
  drain(polls?: number): Promise<SourceEvent[]>
  poll(): Promise<Poll>
  cursor: string | null
}

/** Sentry and who asks it, with the cursor kept as the table would. */
export async function asked(token = 'reader-token-of-acme', timeoutMs = 2000): Promise<Asked> {
  const sentry = await emulateSentry()
  sentry.store.project(SLUG)
  const source = sentrySource({ url: sentry.url, org: sentry.org, token, timeoutMs }, SLUG)
  const one: Asked = {
    ...{ sentry, source, cursor: null },
    async poll() {
      const poll = await source.poll(one.cursor)
      one.cursor = poll.cursor
      return poll
    },
    async drain(polls = 100) {
      const events: SourceEvent[] = []
      for (let i = 0; i < polls; i++) {
        const poll = await one.poll()
        events.push(...poll.events)
        if (poll.readUntil) return events
      }
      throw new Error('it came to no end')
    },
  }
  return one
}

export const idsOf = (events: { id: string }[]): string[] => [...new Set(events.map(({ id }) => id))].sort()
/** Every event the emulated Sentry holds. */
export const held = ({ store }: EmulatedSentry): string[] => idsOf(store.issues.flatMap(({ events }) => events))
