import type { Sql } from 'postgres'
import { watch } from '../../agents/watcher/watcher.ts'
import { statusOf } from '../../lib/actions/status.ts'
import { issuesOf } from '../../lib/store/issues.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { sourcesOf } from '../../lib/store/sources.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import type { SmallWorld } from './world.ts'

/** The watcher of a small world with one source: made to look, and what came of it. */
export function sourced(sql: Sql, w: SmallWorld) {
  /** One look, with the source due. */
  async function look() {
    await sql`update work set due_at = now(), lease_until = null where subject like 'project:%'`
    await sql`update source_cursors set due_at = now()`
    const lease = (await claimWork(sql, 'watcher', 60))!
    const next = await watch(w.reader, lease)
    await finishWork(sql, lease, next)
    return next
  }
  return {
    look,
    async looks(n = 1) {
      for (let i = 0; i < n; i++) await look()
    },
    issues: () => issuesOf(sql, w.project),
    reading: async () => (await sourcesOf(sql, w.project))[0]!,
    counted: async () => (await sql<{ n: number }[]>`select coalesce(sum(n), 0)::int as n from counts`)[0]!.n,
    status: async () => statusOf({ sql, clock: w.reader.clock, halted: false }, (await projectById(sql, w.project))!),
  }
}
