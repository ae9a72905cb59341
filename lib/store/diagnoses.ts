import type { ISql, JSONValue } from 'postgres'
import type { Diagnosis } from '../domain/diagnosis.ts'

export async function addDiagnosis(sql: ISql, d: Omit<Diagnosis, 'id' | 'at'>): Promise<Diagnosis> {
  const [row] = await sql<Diagnosis[]>`
    insert into diagnoses (issue, cause, remedy, confidence, why, facts)
    values (${d.issue}, ${d.cause}, ${d.remedy}, ${d.confidence}, ${d.why}, ${sql.json(d.facts as unknown as JSONValue)})
    returning *`
  return row!
}

/** The newest of all, or of those made by then. */
export async function newestDiagnosis(sql: ISql, issue: number, by?: Date): Promise<Diagnosis | null> {
  const [row] = await sql<Diagnosis[]>`
    select * from diagnoses where issue = ${issue} and (${by ?? null}::timestamptz is null or at <= ${by ?? null})
    order by id desc limit 1`
  return row ?? null
}
