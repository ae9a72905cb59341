import type { FixtureRequest } from '../domain/fixture.ts'
import type { Answer, AppCommands } from '../domain/replay.ts'
import { type App, type AppFailure, startApp } from './app.ts'
import { type Collector, startCollector } from './collector.ts'
import type { Seen } from './seen.ts'
import { type Sent, send } from './send.ts'
import { until } from './wait.ts'

/** A running app with a collector beside it, asked one request after another. */
export interface Session {
  /** Sends a request and waits for the events it may cause; `quick` takes an answer below 500 as having caused none. */
  ask(request: FixtureRequest, quick?: boolean): Promise<Asked>
  /** What a request caused, late events included. */
  answer(asked: Asked): Answer
  app(): App
  restart(): Promise<AppFailure | null>
  close(): Promise<void>
}

export interface Asked extends Sent {
  trace: string
  /** Events known before it was sent: those after it without a trace are its own. */
  from: number
  until: number
}

/** An SDK sends within milliseconds; after a failed answer it gets 1.5 s, after a good one a fifth of a second. */
const EVENT_MS = 1500
const QUIET_MS = 60
const SETTLE_MS = 200

export async function openSession(commands: AppCommands, tracked: string[]): Promise<Session | AppFailure> {
  const collector = await startCollector(new Set(tracked))
  const first = await startApp(commands, collector.dsn)
  if ('stage' in first) {
    await collector.close()
    return first
  }
  let app = first
  let asked = 0
  return {
    app: () => app,
    async ask(request, quick = false) {
      asked += 1
      // Counted from one: a trace id of zeros is invalid, and a fixed one makes runs alike.
      const trace = asked.toString(16).padStart(32, '0')
      const from = collector.events.length
      const sent = await send(app.port, request, trace)
      if (!quick || fails(sent.status)) await settle(collector, from, trace, sent.status)
      return { ...sent, trace, from, until: collector.events.length }
    },
    answer: (one) => answerOf(one, eventsOf(collector.events, one)),
    async restart() {
      await app.stop()
      const next = await startApp(commands, collector.dsn)
      if ('stage' in next) return next
      app = next
      return null
    },
    async close() {
      await app.stop()
      await collector.close()
    },
  }
}

/** Waits for the events of a request until the collector has been quiet for a while. */
async function settle(collector: Collector, from: number, trace: string, status: number): Promise<void> {
  const own = (): boolean => collector.events.slice(from).some((event) => event.trace === trace || !isOurs(event.trace))
  await until(() => own() && collector.busy() === 0, fails(status) ? EVENT_MS : SETTLE_MS)
  if (!own()) return
  let seen = -1
  while (seen !== collector.events.length) {
    seen = collector.events.length
    await until(() => collector.events.length !== seen, QUIET_MS)
  }
}

const fails = (status: number): boolean => status === 0 || status >= 500

/** A trace this session handed out; any other was begun by the app itself. */
const isOurs = (trace: string | null): boolean => trace !== null && /^0{20}[0-9a-f]{12}$/.test(trace)

function eventsOf(events: Seen[], asked: Asked): Seen[] {
  return events.filter((event, at) =>
    isOurs(event.trace) ? event.trace === asked.trace : at >= asked.from && at < asked.until,
  )
}

function answerOf(asked: Asked, events: Seen[]): Answer {
  return {
    status: asked.status,
    body: asked.body,
    fingerprints: [...new Set(events.map((event) => event.fingerprint))],
    errors: events.slice(0, 20).map(({ type, message, network }) => ({ type, message, network })),
    ms: asked.ms,
  }
}
