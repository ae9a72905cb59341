import type { Sql } from 'postgres'
import type { Ready } from '../domain/ready.ts'
import { readyOf } from '../policy/ready.ts'
import { healthFacts } from '../store/health.ts'

/** A database that is away keeps whoever asks waiting; a health check that hangs says less than one that says no. */
const PATIENCE_MS = 5000

export interface HealthReport extends Ready {
  /** The newest tick of any agent; null: there was none, or nobody knows. */
  lastTickAt: string | null
  databaseMs: number
}

/** How this installation is. `shipped`: versions of the migrations beside this program, null where they are not there. */
export async function healthReport(sql: Sql, shipped: string[] | null, now: () => Date): Promise<HealthReport> {
  const begun = performance.now()
  const row = await soon(healthFacts(sql))
  const databaseMs = Math.round(performance.now() - begun)
  if (!row) return { ...readyOf(null), lastTickAt: null, databaseMs }
  const { applied, ...facts } = row
  // A database whose record nobody kept was set up by hand; whoever did that knows.
  const migrations =
    shipped && applied.length > 0 ? { missing: shipped.filter((version) => !applied.includes(version)) } : null
  const youngest = Math.min(...facts.ticks.map((tick) => tick.ageMs))
  const lastTickAt = Number.isFinite(youngest) ? new Date(now().getTime() - youngest).toISOString() : null
  return { ...readyOf({ ...facts, migrations }), lastTickAt, databaseMs }
}

/** What it says in time; null where it does not, or fails. */
async function soon<T>(asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  return Promise.race([asked.catch(() => null), patience]).finally(() => clearTimeout(timer))
}
