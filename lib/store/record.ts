import type { ISql } from 'postgres'
import type { ReleaseState } from '../domain/release.ts'

/** What the audit says about how well it went, by the audit's own times; `now` is the database's. */
export interface Recorded {
  levels: { at: Date; level: number }[]
  ends: { at: Date; state: ReleaseState; rejected: boolean }[]
  now: Date
}

export async function levelRecord(sql: ISql, project: number): Promise<Recorded> {
  const rows = await sql<{ at: Date; what: string; level: number | null; kind: string | null }[]>`
    select at, what, (body->>'level')::int as level, body->>'kind' as kind from audit
    where project = ${project} and what in ('control.registered', 'control.level', 'release.cured', 'release.relapsed', 'release.rolled-back')
    order by seq`
  const [clock] = await sql<{ now: Date }[]>`select clock_timestamp() as now`
  const isEnd = (row: { what: string }) => row.what.startsWith('release.')
  return {
    levels: rows.filter((row) => !isEnd(row)).map(({ at, level }) => ({ at, level: level ?? 0 })),
    ends: rows.filter(isEnd).map(({ at, what, kind }) => ({
      at,
      state: what.slice('release.'.length) as ReleaseState,
      rejected: kind === 'rejected',
    })),
    now: clock!.now,
  }
}
