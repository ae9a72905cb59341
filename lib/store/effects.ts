import type { ISql, JSONValue } from 'postgres'
import type { Claim, EffectRequest } from '../domain/effect.ts'
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
export async function claimEffect(sql: ISql, lease: Lease, e: EffectRequest): Promise<Claim> {
  const [row] = await sql<ClaimRow[]>`
    select * from claim_effect(${e.project}, ${e.key}, ${lease.subject}, ${lease.fence}, ${e.kind}, ${e.class}, ${e.target},
      ${e.tree}, ${e.fix}, ${sql.json(e.decision as unknown as JSONValue)}, make_interval(secs => ${e.timeoutSeconds}))`
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
  kind: string
  class: string
  target: string
  state: 'sending' | 'confirmed' | 'failed'
  at: Date
  deadline: Date
  receipt: unknown
}

/** Every try of one effect, oldest first: `key`, `key#2`, … */
export async function triesOf(sql: ISql, project: number, key: string): Promise<EffectRow[]> {
  return sql<EffectRow[]>`
    select key, kind, class, target, state, at, deadline, receipt from effects
    where project = ${project} and (key = ${key} or starts_with(key, ${`${key}#`})) order by at`
}

export async function effectsOf(sql: ISql, project: number, fix: string): Promise<EffectRow[]> {
  return sql<EffectRow[]>`
    select key, kind, class, target, state, at, deadline, receipt from effects
    where project = ${project} and fix = ${fix} order by at`
}
