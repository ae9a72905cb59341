import { LATENCY_BUCKETS_MS } from '../domain/deployment.ts'
import type { DrainCount, DrainedRequest } from '../domain/drain.ts'
import { isObject, parseJson } from './json.ts'
import { numberOf, recordOf, textOf } from './loose.ts'
import { routeOf } from './route.ts'

/** Lines of one batch that are read; the host sends far fewer. */
const MOST = 50_000
/**
 * Milliseconds a line may be older or newer than now: what is further off has a wrong clock or was kept somewhere. Names of
 * requests are remembered for an hour: a batch that somebody kept is too old before it could count a second time.
 */
const OLD_MS = 50 * 60_000
const AHEAD_MS = 300_000
const MINUTE_MS = 60_000

/**
 * Requests in a batch of Vercel's log lines, JSON array or one object a line; null when it is neither. A request is in as
 * many lines as its function printed, so it is named by its request and stands here once: with the worst status any of
 * them says. Lines about no request (builds, redirects to elsewhere) are left out.
 */
export function readDrain(text: string, now: Date): DrainedRequest[] | null {
  const lines = linesOf(text)
  if (lines === null) return null
  const requests = new Map<string, DrainedRequest>()
  for (const line of lines.slice(0, MOST)) {
    const request = isObject(line) ? requestOf(line, now) : null
    if (!request) continue
    const name = JSON.stringify([request.project, request.key])
    const known = requests.get(name)
    if (!known) requests.set(name, request)
    else requests.set(name, { ...known, failed: known.failed || request.failed, ms: known.ms ?? request.ms })
  }
  return [...requests.values()]
}

function linesOf(text: string): unknown[] | null {
  const trimmed = text.trim()
  if (trimmed.startsWith('[')) {
    const parsed = parseJson(trimmed)
    return parsed.ok && Array.isArray(parsed.value) ? parsed.value : null
  }
  const parsed = trimmed.split('\n').map((line) => parseJson(line))
  // A line that was cut does not spoil the others; a body without a single good one is no batch.
  const good = parsed.filter((line) => line.ok).map((line) => line.value)
  return good.length > 0 ? good : null
}

const SOURCES = new Set(['lambda', 'edge', 'static', 'external', 'redirect'])
/** What the runtime reports of an invocation, where a line has it. */
const DURATION = /\bREPORT RequestId: .{0,80}?\bDuration: (\d{1,9}(?:\.\d{1,6})?) ms/s

function requestOf(line: Record<string, unknown>, now: Date): DrainedRequest | null {
  const proxy = recordOf(line.proxy)
  const path = textOf(proxy.path) ?? textOf(line.path)
  const [project, deployment] = [textOf(line.projectId, 100), textOf(line.deploymentId, 100)]
  const key = textOf(line.requestId, 200) ?? textOf(line.id, 200)
  const at = numberOf(proxy.timestamp) ?? numberOf(line.timestamp)
  const status = numberOf(proxy.statusCode) ?? numberOf(line.statusCode)
  if (!isObject(line.proxy) || !path || !project || !deployment || !key || at === null || status === null) return null
  if (!SOURCES.has(String(line.source)) || at < now.getTime() - OLD_MS || at > now.getTime() + AHEAD_MS) return null
  const ms = DURATION.exec(textOf(line.message, 4096) ?? '')?.[1]
  return {
    ...{ key, project, deployment },
    route: routeOf(textOf(proxy.method, 20) ?? 'GET', path),
    minute: new Date(at - (at % MINUTE_MS)).toISOString(),
    // -1: the function crashed without an answer.
    failed: status >= 500 || status === -1 || numberOf(line.statusCode) === -1,
    ms: ms === undefined ? null : Number(ms),
  }
}

/** Sums by deployment, route and minute, in a fixed order. */
export function countDrained(requests: DrainedRequest[]): DrainCount[] {
  const rows = new Map<string, DrainCount>()
  for (const { deployment, route, minute, failed, ms } of requests) {
    const name = JSON.stringify([minute, deployment, route])
    const empty = new Array<number>(LATENCY_BUCKETS_MS.length + 1).fill(0)
    const row = rows.get(name) ?? { deployment, route, minute, requests: 0, failed: 0, latency: empty }
    rows.set(name, row)
    row.requests += 1
    if (failed) row.failed += 1
    if (ms !== null) row.latency[bucketOf(ms)]! += 1
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}

function bucketOf(ms: number): number {
  const index = LATENCY_BUCKETS_MS.findIndex((bound) => ms <= bound)
  return index < 0 ? LATENCY_BUCKETS_MS.length : index
}
