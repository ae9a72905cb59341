import type { ISql } from 'postgres'
import type { Person, Who } from '../domain/person.ts'
import type { Ruled } from './control.ts'

export type { Person } from '../domain/person.ts'

/** Whoever was removed is nobody; the row stays, since approvals and the audit speak of it. */
const GONE = 'removed'

const columns = (sql: ISql) => sql`id, name, role, password_hash, email, subject`

export async function owner(sql: ISql): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where role = 'owner' order by id limit 1`
  return row ?? null
}

export async function personById(sql: ISql, id: number): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where id = ${id} and role <> ${GONE}`
  return row ?? null
}

/** By the id they have where they sign in. */
export async function personBySubject(sql: ISql, subject: string): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where subject = ${subject} and role <> ${GONE}`
  return row ?? null
}

/** Whom a member of Slack was linked to. */
export async function personBySlack(sql: ISql, slackId: string): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where slack_id = ${slackId} and role <> ${GONE}`
  return row ?? null
}

export async function linkSlack(sql: ISql, who: Who, person: number, slackId: string): Promise<Ruled> {
  const [row] = await sql<Ruled[]>`select * from link_slack(${person}, ${slackId}, ${who.person}, ${who.via})`
  return row!
}

/** Only where there is none: an owner is never replaced in silence. */
export async function setOwner(sql: ISql, name: string, passwordHash: string): Promise<void> {
  await sql`select set_owner(${name}, ${passwordHash})`
}
