import type { ISql, JSONValue } from 'postgres'
import type { FileDiff, Fix, Proof, Proven } from '../domain/fix.ts'
import type { Fixture } from '../domain/fixture.ts'
import type { Sha } from '../domain/tree.ts'
import type { Lease } from '../domain/work.ts'

export async function fix(sql: ISql, id: string): Promise<Fix | null> {
  const [row] = await sql<Fix[]>`select * from fixes where id = ${id}`
  return row ?? null
}

export async function fixesOf(sql: ISql, issue: number): Promise<Fix[]> {
  return sql<Fix[]>`select * from fixes where issue = ${issue} order by attempt, created_at`
}

/** The draft of this attempt on this base; the same row when asked again. */
export async function draft(
  sql: ISql,
  f: { id: string; project: number; issue: number; attempt: number; base: Sha },
): Promise<Fix> {
  await sql`insert into fixes (id, project, issue, attempt, base)
            values (${f.id}, ${f.project}, ${f.issue}, ${f.attempt}, ${f.base}) on conflict do nothing`
  const [row] = await sql<Fix[]>`select * from fixes where id = ${f.id}`
  return row!
}

export type ProvenFacts = Pick<
  Proven,
  'tree' | 'patch' | 'files' | 'fixture' | 'probes' | 'diff' | 'summary' | 'assumes' | 'risk' | 'proof'
>

export async function markProven(sql: ISql, id: string, p: ProvenFacts): Promise<boolean> {
  const json = (value: unknown) => sql.json(value as JSONValue)
  const rows = await sql`
    update fixes set state = 'proven', tree = ${p.tree}, patch = ${p.patch}, files = ${json(p.files)},
      fixture = ${json(p.fixture)}, probes = ${json(p.probes)}, diff = ${json(p.diff)}, summary = ${p.summary}, assumes = ${json(p.assumes)}, risk = ${json(p.risk)},
      proof = ${json(p.proof)}, proven_at = now()
    where id = ${id} and state = 'drafting' returning id`
  return rows.length === 1
}

/** What is left of an attempt that came to nothing. */
export interface RefusedFacts {
  why: string
  proof: Proof | null
  patch: string | null
  diff: FileDiff[] | null
  final: boolean
}

export async function markRefused(
  sql: ISql,
  id: string,
  { why, proof, patch, diff, final }: RefusedFacts,
): Promise<boolean> {
  const json = (value: unknown) => (value ? sql.json(value as JSONValue) : null)
  const rows = await sql`
    update fixes set state = 'refused', why = ${why}, proof = ${json(proof)}, patch = ${patch}, diff = ${json(diff)},
      final = ${final}
    where id = ${id} and state = 'drafting' returning id`
  return rows.length === 1
}

/** Patches of this project that were refused or rolled back. */
export async function isRefusedPatch(sql: ISql, project: number, patch: string): Promise<boolean> {
  const rows = await sql`
    select 1 from fixes where project = ${project} and patch = ${patch} and (state = 'refused' or withdrawn) limit 1`
  return rows.length > 0
}

/** Fixes proven within `seconds` whose release has not begun, or has no branch yet and waits for nothing. */
export async function justProven(sql: ISql, project: number, seconds: number): Promise<{ base: Sha }[]> {
  return sql<{ base: Sha }[]>`
    select f.base from fixes f left join releases r on r.fix = f.id
    where f.project = ${project} and f.state = 'proven' and not f.withdrawn and not f.superseded
      and f.proven_at > now() - make_interval(secs => ${seconds})
      and (r.id is null or r.state = 'staging' and not r.facts ? 'branchSha' and not r.facts ? 'refused')`
}

/** Fixtures of every fix that was cured before: a soak replays them all. */
export async function curedFixtures(sql: ISql, project: number): Promise<Fixture[]> {
  const rows = await sql<{ fixture: Fixture }[]>`
    select f.fixture from fixes f join releases r on r.fix = f.id
    where f.project = ${project} and f.state = 'proven' and r.state = 'cured' order by r.id`
  return rows.map((row) => row.fixture)
}

/** Under the lease of the release that took it back. */
export async function withdrawFix(sql: ISql, lease: Lease, id: string, why: string): Promise<void> {
  await sql`select withdraw_fix(${id}, ${why}, ${lease.subject}, ${lease.fence})`
}

/** Under the lease of whoever found that production moved on from its base. */
export async function supersedeFix(sql: ISql, lease: Lease, id: string, why: string): Promise<void> {
  await sql`select supersede_fix(${id}, ${why}, ${lease.subject}, ${lease.fence})`
}
