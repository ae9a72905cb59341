import type { Cost } from '../domain/report.ts'
import type { ReportFacts, Spend } from './reportFacts.ts'

/** Calls since, and their price; no call is no money. */
export function moneyOf(spent: Spend[], since: Date): Cost['money'] {
  const own = spent.filter(({ at }) => at >= since)
  return { usd: own.reduce((sum, { usd }) => sum + usd, 0), calls: own.length }
}

export function costOf({ strands, spent, promotedToday, project, since }: ReportFacts): Cost {
  const fixes = strands.flatMap((strand) => strand.fixes).filter((fix) => fix.createdAt >= since)
  const proofs = fixes.flatMap((fix) => (fix.state === 'drafting' || !fix.proof ? [] : [fix.proof.ms]))
  const windows = strands.flatMap(({ releases }) => releases.flatMap(({ facts }) => [facts.soak, facts.watch]))
  const begun = windows.filter((window) => window && Date.parse(window.since) >= since.getTime())
  return {
    money: moneyOf(spent, since),
    proofs: { n: proofs.length, seconds: Math.round(proofs.reduce((sum, ms) => sum + ms, 0) / 1000) },
    probes: begun.reduce((sum, window) => sum + (window?.probes.sent ?? 0), 0),
    promotions: { today: promotedToday, cap: project.capPerDay },
  }
}
