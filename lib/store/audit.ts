import type { ISql, JSONValue } from 'postgres'

export interface AuditRow {
  seq: number
  at: Date
  actor: string
  what: string
  body: Record<string, unknown>
}

/** Appends what happened. Intents and outcomes of effects are written by the gate alone. */
export async function note(sql: ISql, project: number, actor: string, what: string, body: JSONValue): Promise<void> {
  await sql`select note(${project}, ${actor}, ${what}, ${sql.json(body)})`
}

export async function auditOf(sql: ISql, project: number, limit = 200): Promise<AuditRow[]> {
  return sql<
    AuditRow[]
  >`select seq, at, actor, what, body from audit where project = ${project} order by seq desc limit ${limit}`
}

/** The first broken link, or null when the chain holds. */
export async function verifyAudit(sql: ISql, project: number): Promise<{ seq: number; problem: string } | null> {
  const [row] = await sql<{ seq: number; problem: string }[]>`select * from audit_verify(${project})`
  return row ?? null
}
