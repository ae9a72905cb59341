import { LATENCY_BUCKETS_MS, type Traffic as Row } from '../lib/domain/deployment.ts'
import { routeOf } from '../lib/parse/route.ts'
import type { TargetName } from './state.ts'
import type { TrafficFile } from './traffic-file.ts'

/** Distinct routes of one environment that are counted by name in one minute; a scanner must not fill the disk. */
export const MAX_ROUTES = 300
export const OTHER = 'other'

export interface Request {
  app: string
  environment: TargetName
  sha: string
  method: string
  path: string
  /** As answered to the caller; 0 when the caller left before there was an answer. */
  status: number
  /** Milliseconds until the answer was complete. */
  ms: number
}

export interface Traffic {
  /** Counts a request in the minute in which its answer was complete. */
  count(request: Request): void
  /** Rows from the minute of `since` (ISO 8601) on, oldest first. */
  read(app: string, environment: TargetName, since: string): Promise<Row[]>
  /** Writes what was counted since the last flush; called each second and at the end. */
  flush(): void
}

export type CountedRow = Row & { app: string }

/** The whole minute of a time, ISO 8601. */
export function minuteOf(time: Date): string {
  return `${time.toISOString().slice(0, 16)}:00.000Z`
}

/** Index into a row's `latency`: the first bound that is not exceeded, or the overflow. */
export function bucketOf(ms: number): number {
  const index = LATENCY_BUCKETS_MS.findIndex((bound) => ms <= bound)
  return index < 0 ? LATENCY_BUCKETS_MS.length : index
}

const keyOf = (row: CountedRow) => [row.app, row.environment, row.sha, row.route].join('\0')

/** Counts requests of the current minute in memory and keeps them in a file that survives a kill. */
export function openTraffic(file: TrafficFile, now: () => Date): Traffic {
  let { minute, rows } = load(file)
  let changed = false

  function turn(): void {
    const current = minuteOf(now())
    if (current === minute) return
    file.finish(minute, [...rows.values()])
    minute = current
    rows = new Map()
  }

  /** The route's own name, unless too many others came first in this minute. */
  function named(request: Request): string {
    const route = routeOf(request.method, request.path)
    const names = new Set<string>()
    for (const row of rows.values()) {
      if (row.app === request.app && row.environment === request.environment) names.add(row.route)
    }
    names.delete(OTHER)
    return names.has(route) || names.size < MAX_ROUTES ? route : OTHER
  }

  return {
    count(request) {
      turn()
      const { app, environment, sha, status, ms } = request
      const latency = new Array<number>(LATENCY_BUCKETS_MS.length + 1).fill(0)
      const fresh = { app, environment, sha, route: named(request), minute, requests: 0, failed: 0, latency }
      const row = rows.get(keyOf(fresh)) ?? fresh
      rows.set(keyOf(row), row)
      row.requests++
      if (status >= 500) row.failed++
      row.latency[bucketOf(ms)]! += 1
      changed = true
    },
    async read(app, environment, since) {
      turn()
      const from = minuteOf(new Date(since))
      const live = { minute, rows: structuredClone([...rows.values()]) }
      // the minute may end while the files are read: then it is in both
      const past = (await file.read(app, from)).filter((row) => row.minute !== live.minute)
      const all = [...past, ...live.rows].filter((row) => row.app === app && row.environment === environment)
      return all.filter((row) => row.minute >= from).map(({ app: _, ...row }) => row)
    },
    flush() {
      turn()
      if (changed) file.save(minute, [...rows.values()])
      changed = false
    },
  }
}

function load(file: TrafficFile): { minute: string; rows: Map<string, CountedRow> } {
  const { minute, rows } = file.load()
  return { minute, rows: new Map(rows.map((row) => [keyOf(row), row])) }
}
