import type { ISql, JSONValue, Sql } from 'postgres'
import type { AuditClaims, AuditRow, SealedRow } from '../domain/audit.ts'

/** Appends what happened. Intents and outcomes of effects are written by the gate alone. */
export async function note(sql: ISql, project: number, actor: string, what: string, body: JSONValue): Promise<void> {
  await sql`select note(${project}, ${actor}, ${what}, ${sql.json(body)})`
}

/** Newest first, from before row `before` on. */
export async function auditOf(sql: ISql, project: number, limit = 200, before = 2 ** 53 - 1): Promise<AuditRow[]> {
  return sql<AuditRow[]>`
    select seq, at, actor, what, body from audit where project = ${project} and seq < ${before} order by seq desc limit ${limit}`
}

export interface AuditPage {
  /** Newest first. */
  rows: AuditRow[]
  /** Where the page of older rows begins, and the one of newer ones; null where there is none. */
  older: number | null
  newer: number | null
}

/** One page of the rows whose `what` is like `kind`, from before row `before` on. */
export async function auditPage(
  sql: ISql,
  project: number,
  { kind, before, size }: { kind: string; before: number | null; size: number },
): Promise<AuditPage> {
  const from = before ?? 2 ** 53 - 1
  const like = sql`project = ${project} and what like ${kind}`
  const found = await sql<AuditRow[]>`
    select seq, at, actor, what, body from audit where ${like} and seq < ${from} order by seq desc limit ${size + 1}`
  const rows = found.slice(0, size)
  const [next] = await sql<{ seq: number | null }[]>`
    select max(seq) + 1 as seq from (select seq from audit where ${like} and seq >= ${from} order by seq limit ${size}) n`
  return { rows, older: found.length > size ? (rows.at(-1)?.seq ?? null) : null, newer: next?.seq ?? null }
}

/** A release's rows at most: a month of refusals every quarter of an hour is three thousand. */
const MOST_OF_A_RELEASE = 20_000

/**
 * What led to a release and came of it, oldest first: rows of its issue before any fix, of its fix, of itself, and what
 * people decided about the project meanwhile.
 */
export async function auditOfRelease(
  sql: ISql,
  { project, id, fix, issue }: { project: number; id: number; fix: string; issue: number },
): Promise<AuditRow[]> {
  const rows = await sql<AuditRow[]>`
    with own as (
      select seq, at, actor, what, body from audit where project = ${project} and (
        body->>'release' = ${`${id}`} or body->>'fix' = ${fix} or split_part(body->>'key', ':', 1) = ${fix}
        or starts_with(body->>'key', ${`tell:release:${id}:`})
        or body->>'issue' = ${`${issue}`} and not body ?| array['fix', 'release']))
    select * from own
    union
    select seq, at, actor, what, body from audit where project = ${project}
      and what in ('control.paused', 'control.resumed', 'control.level', 'control.policy')
      and seq between (select min(seq) from own) and (select max(seq) from own)
    order by seq desc limit ${MOST_OF_A_RELEASE}`
  return [...rows].reverse()
}

/** Rows as they were hashed, oldest first, after row `after`. */
export async function sealedRows(sql: ISql, project: number, after: number, limit: number): Promise<SealedRow[]> {
  return sql<SealedRow[]>`
    select project, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') as at, actor, what, body::text as body,
      encode(prev, 'hex') as prev, encode(hash, 'hex') as hash
    from audit where project = ${project} and seq > ${after} order by seq limit ${limit}`
}

/** What the tables claim at this moment. */
export async function auditClaims(sql: ISql, project: number): Promise<AuditClaims | null> {
  const [row] = await sql<{ claims: AuditClaims }[]>`
    select json_build_object('head', json_build_object('seq', p.audit_seq, 'hash', encode(p.audit_head, 'hex')),
      'level', p.level, 'policyVersion', p.policy_version, 'policy', p.policy, 'capPerDay', p.cap_per_day,
      'paused', p.paused_at is not null,
      'effects', (select coalesce(json_agg(json_build_object('key', e.key, 'kind', e.kind, 'class', e.class, 'target', e.target,
        'aim', e.aim, 'tree', e.tree, 'fix', e.fix, 'decision', e.decision, 'approval', e.approval, 'state', e.state,
        'receipt', e.receipt, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), 'auditSeq', e.audit_seq)
        order by e.audit_seq), '[]'::json) from effects e where e.project = p.id)) as claims
    from projects p where p.id = ${project}`
  return row?.claims ?? null
}

/** The hashes of these rows, of those that are there. */
export async function hashesAt(sql: ISql, project: number, seqs: number[]): Promise<Map<number, string>> {
  const rows = await sql<{ seq: number; hash: string }[]>`
    select seq, encode(hash, 'hex') as hash from audit where project = ${project} and seq = any(${seqs}::bigint[])`
  return new Map(rows.map(({ seq, hash }) => [seq, hash]))
}

export async function auditHead(sql: ISql, project: number): Promise<{ seq: number; hash: string } | null> {
  const [row] = await sql<{ seq: number; hash: string }[]>`
    select audit_seq as seq, encode(audit_head, 'hex') as hash from projects where id = ${project}`
  return row ?? null
}

/** One picture of the audit and of what it describes, however much is written meanwhile. */
export function inOnePicture<T>(sql: Sql, look: (tx: ISql) => Promise<T>): Promise<T> {
  return sql.begin('isolation level repeatable read read only', (tx) => look(tx)) as Promise<T>
}
