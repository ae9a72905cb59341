import type { FixtureRequest } from '../../lib/domain/fixture.ts'
import type { ProbeCount } from '../../lib/domain/release.ts'
import { curedFixtures } from '../../lib/store/fixes.ts'
import type { Context } from './context.ts'

export interface Check {
  request: FixtureRequest
  expect: number
}

export const NO_PROBES: ProbeCount = { sent: 0, failed: 0, p50: 0, p95: 0 }

/** The smoke set alone: what the team declared safe to ask of any build. */
export const smokeOf = (c: Context): Check[] => c.fix.probes.smoke

/** The smoke set and every fixture, this fix's first. */
export async function soakChecks(c: Context): Promise<Check[]> {
  const fixtures = [c.fix.fixture, ...(await curedFixtures(c.world.sql, c.project.id))]
  return [...fixtures.map((f) => ({ request: f.request, expect: f.expect.status })), ...smokeOf(c)]
}

/** Health and the reading part of the smoke set: production is watched, not written to. */
export function watchChecks(c: Context): Check[] {
  return smokeOf(c).filter((check) => check.request.method === 'GET')
}

export const healthCheck = (c: Context): Check => ({
  request: { method: 'GET', path: c.fix.probes.health, headers: {}, body: null },
  expect: 200,
})

/** Sends checks one after the other; true for each that answered as expected. */
export async function send(c: Context, origin: string, checks: Check[]): Promise<{ ok: boolean; ms: number }[]> {
  const results = []
  for (const check of checks) {
    const answer = await c.world.probe(origin, check.request)
    results.push({ ok: answer.status === check.expect, ms: answer.ms })
  }
  return results
}

/** Adds a batch; the quantiles are the largest of any batch, which errs on the slow side. */
export function add(count: ProbeCount, batch: { ok: boolean; ms: number }[]): ProbeCount {
  const sorted = batch.map((probe) => probe.ms).sort((a, b) => a - b)
  const at = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0
  return {
    sent: count.sent + batch.length,
    failed: count.failed + batch.filter((probe) => !probe.ok).length,
    p50: Math.max(count.p50, Math.round(at(0.5))),
    p95: Math.max(count.p95, Math.round(at(0.95))),
  }
}

/** How many checks to send at a time, and how far apart, so that `wanted` are sent well within the window. */
export function pace(windowSeconds: number, wanted: number): { everyMs: number; each: number } {
  const everyMs = Math.min(10_000, Math.max(1000, (windowSeconds * 1000) / 30))
  return { everyMs, each: Math.ceil((wanted * 1.25 * everyMs) / (windowSeconds * 1000)) }
}
