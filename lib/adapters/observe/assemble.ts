import { Fault } from '../../errors.ts'
import type { About, Observer, Outcome } from '../../world/observer.ts'
import type { Traces } from '../observe.otlp.ts'
import { pinoLines, type Say } from '../observe.pino.ts'
import type { Complaints } from '../observe.sentry.ts'

export interface Observing {
  logLevel: string
  traces: { url: string; headers: Record<string, string> } | null
  sentryDsn: string | null
  commit: string | null
  world: string
  /** What our own ingest knows our own errors by. */
  mark: string
}

/** Loaded when something is first seen, and only where it was chosen: they are many modules, and a start need not wait. */
const later = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | null = null
  return () => (opened ??= open())
}

/** Lines always; traces and complaints where somebody wants them. */
export function observing(options: Observing, lines: Say = pinoLines(options.logLevel)): Observer {
  const { traces: to, sentryDsn: dsn } = options
  const open = async () => to && (await import('../observe.otlp.ts')).otlpTraces(to, options)
  // A module that cannot be loaded stops nobody.
  const traces = later<Traces | null>(() => open().catch(() => null))
  const complaints =
    dsn === null
      ? null
      : later<Complaints>(async () => (await import('../observe.sentry.ts')).sentryComplaints(dsn, options))
  const under = new Set<Promise<void>>()
  const failed = (error: unknown, about: About = {}) => {
    if (!complaints || isExpected(error)) return
    const told: Promise<void> = complaints()
      .then((open) => open.complain(error, about))
      .catch(() => undefined)
      .finally(() => under.delete(told))
    under.add(told)
  }
  return {
    say: (level, words, about) => lines(level, words, about),
    failed(error, about) {
      lines('error', 'failed', about, error)
      failed(error, about)
    },
    async tick(agent, run) {
      const all = await traces()
      return all ? all.span('tick', { agent }, run, () => ({ about: {}, failed: false })) : run()
    },
    async step(agent, { subject, project, tries }, run) {
      const about = { agent, subject, project, tries }
      const begun = performance.now()
      const all = await traces()
      const told = (came: Outcome) => ({ about: cameTo(came), failed: came.how === 'failed' })
      const outcome = await (all ? all.span('step', about, run, told) : run())
      const ms = Math.round(performance.now() - begun)
      const level = outcome.how === 'failed' ? 'warn' : 'info'
      lines(level, 'step', { ...about, ...cameTo(outcome), ms }, outcome.error)
      if (outcome.how === 'failed') failed(outcome.error, { agent, subject })
      return outcome
    },
    async flush() {
      await Promise.all(under)
      const [all, ours] = await Promise.all([traces(), complaints?.().catch(() => null)])
      await Promise.all([all?.flush(), ours?.flush()]).catch(() => undefined)
    },
  }
}

const cameTo = ({ how, to }: Outcome): About => ({ outcome: how, to })

/** Somebody else's trouble (a host that is down, a login that is refused) has a code, a sentence and a remedy, and is no error of ours. */
const isExpected = (error: unknown): boolean => error instanceof Fault && error.code !== 'HARNESS_FAILED'
