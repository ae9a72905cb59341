import type { ISql, JSONValue } from 'postgres'
import { ConnectionFacts, type ConnectionName, type Facts } from '../domain/connection.ts'
import type { Who } from '../domain/person.ts'
import type { Ruled } from './control.ts'

export async function connection<N extends ConnectionName>(sql: ISql, name: N): Promise<Facts<N> | null> {
  const [row] = await sql<{ facts: unknown }[]>`select facts from connections where name = ${name}`
  return row ? (ConnectionFacts[name].parse(row.facts) as Facts<N>) : null
}

/** Adds to what is known, and tells the audit of every project. */
export async function noteConnection<N extends ConnectionName>(
  sql: ISql,
  who: Who,
  name: N,
  facts: Facts<N>,
): Promise<Ruled> {
  const known = sql.json(facts as unknown as JSONValue)
  const [row] = await sql<Ruled[]>`select * from note_connection(${name}, ${known}, ${who.person}, ${who.via})`
  return row!
}
