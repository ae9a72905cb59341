import type { ISql, JSONValue } from 'postgres'
import type { Claim, EffectKind, EffectRequest, EffectTarget } from '../domain/effect.ts'
import type { Lease } from '../domain/work.ts'

interface ClaimRow {
  answer: Claim['answer']
  reason: string | null
  receipt: unknown
  auditSeq: number | null
  auditHash: Buffer | null
  at: Date | null
}

/** The one gate. Commits before it returns: what it answered stands, whatever happens to the caller. */
export async function claimEffect(sql: ISql, lease: Lease, e: EffectRequest, halted: boolean): Promise<Claim> {
  const [row] = await sql<ClaimRow[]>`
    select * from claim_effect(${e.project}, ${e.key}, ${lease.subject}, ${lease.fence}, ${e.kind}, ${e.target},
      ${e.tree}, ${e.fix}, ${e.aim}, ${sql.json(e.decision as unknown as JSONValue)}, make_interval(secs => ${e.timeoutSeconds}), ${halted})`
  if (!row) throw new Error('claim_effect answered nothing')
  if (row.answer === 'no') return { answer: 'no', reason: row.reason ?? 'refused' }
  if (row.answer === 'yes' || row.answer === 'ask') {
    const audit = { seq: row.auditSeq!, hash: row.auditHash!.toString('hex') }
    return { answer: row.answer, audit, at: row.at!.toISOString() }
  }
  if (row.answer === 'wait') return { answer: 'wait' }
  return { answer: row.answer, receipt: row.receipt }
}

export async function settleEffect(
  sql: ISql,
  project: number,
  key: string,
  as: 'confirmed' | 'failed',
  receipt: JSONValue,
) {
  const [row] = await sql<{ settled: boolean }[]>`
    select settle_effect(${project}, ${key}, ${as}, ${sql.json(receipt)}) as settled`
  return row?.settled ?? false
}

export interface EffectRow {
  key: string
  kind: EffectKind
  target: EffectTarget
  aim: string
  fix: string | null
  state: 'sending' | 'confirmed' | 'failed'
  at: Date
  deadline: Date
  /** Past its deadline by the database's clock: its end is unknown until the far side is asked. */
  overdue: boolean
  receipt: unknown
  /** The row of the audit that let it through. */
  auditSeq: number
}

const columns = (sql: ISql) =>
  sql`key, kind, target, aim, fix, state, at, deadline, deadline < clock_timestamp() as overdue, receipt, audit_seq`

/** Every try of one effect, oldest first: `key`, `key#2`, … */
export async function triesOf(sql: ISql, project: number, key: string): Promise<EffectRow[]> {
  return sql<EffectRow[]>`
    select ${columns(sql)} from effects
    where project = ${project} and (key = ${key} or starts_with(key, ${`${key}#`})) order by at`
}

export async function effectsOf(sql: ISql, project: number, fix: string): Promise<EffectRow[]> {
  return sql<EffectRow[]>`select ${columns(sql)} from effects where project = ${project} and fix = ${fix} order by at`
}

/** Every effect whose key begins like this, oldest first. */
export async function effectsUnder(sql: ISql, project: number, prefix: string): Promise<EffectRow[]> {
  return sql<EffectRow[]>`
    select ${columns(sql)} from effects where project = ${project} and starts_with(key, ${prefix}) order by at, audit_seq`
}

/** Calls whose end nobody has read back, notices left out: what a pause waits for. */
export async function inFlight(sql: ISql, project: number): Promise<EffectRow[]> {
  return sql<EffectRow[]>`
    select ${columns(sql)} from effects where project = ${project} and state = 'sending' and class <> 'tell' order by at`
}

/** Promotions to production since midnight of the project's zone: what the cap counts. */
export async function promotedToday(sql: ISql, project: number): Promise<number> {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from effects e join projects p on p.id = e.project
    where e.project = ${project} and e.kind = 'promote' and e.target = 'production'
      and e.at >= date_trunc('day', clock_timestamp(), coalesce(p.policy->'hours'->>'zone', 'Europe/London'))`
  return row?.n ?? 0
}
