import type { Source } from '../world.ts'
import { type SentryAccess, sentryApi } from './sentry/api.ts'
import { SentryReading } from './sentry/reading.ts'

/** Calls of one poll, and how long it begins new ones: the watcher has other things to do. */
const CALLS = 30
/** Events of one poll, and a page of each call under way: what is stored in one transaction. */
const EVENTS = 1000
const BEGINS_MS = 15_000

/** The issues of one Sentry project, and the events of each that came since the cursor. Reads alone. */
export function sentrySource(access: SentryAccess, project: string, beginsMs = BEGINS_MS): Source {
  const api = sentryApi(access)
  return {
    kind: 'sentry',
    async poll(cursor) {
      const until = Date.now() + beginsMs
      const reading = new SentryReading(api, project, cursor)
      while (reading.goesOn && reading.calls < CALLS && reading.read < EVENTS && Date.now() < until)
        await reading.step(CALLS)
      return reading.told()
    },
  }
}
