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

/**
 * Whose verified address this is; null: nobody's, or not one person's alone. Addresses come with accounts: the column is
 * read by its name, so that where there are none it is nobody's.
 */
export async function personByEmail(sql: ISql, email: string): Promise<Person | null> {
  const rows = await sql<Person[]>`
    select ${columns(sql)} from people p
    where lower(to_jsonb(p)->>'email') = ${email.toLowerCase()} and role in ('owner', 'operator', 'viewer') limit 2`
  return rows.length === 1 ? rows[0]! : null
}

/** Whether there is anybody to be found by an address. */
export async function anybodyByEmail(sql: ISql): Promise<boolean> {
  const rows = await sql`select 1 from people p where to_jsonb(p)->>'email' is not null limit 1`
  return rows.length > 0
}

/** An owner said which member of Slack this person is. */
export async function isLinked(sql: ISql, person: number): Promise<boolean> {
  const rows = await sql`select 1 from people where id = ${person} and slack_id is not null`
  return rows.length > 0
}

export async function linkSlack(sql: ISql, who: Who, person: number, slackId: string): Promise<Ruled> {
  const [row] = await sql<Ruled[]>`select * from link_slack(${person}, ${slackId}, ${who.person}, ${who.via})`
  return row!
}

/** Who reviews on GitHub under that name. */
export async function linkGithub(sql: ISql, who: Who, person: number, login: string): Promise<Ruled> {
  const [row] = await sql<Ruled[]>`select * from link_github(${person}, ${login}, ${who.person}, ${who.via})`
  return row!
}

/** Only where there is none: an owner is never replaced in silence. */
export async function setOwner(sql: ISql, name: string, passwordHash: string): Promise<void> {
  await sql`select set_owner(${name}, ${passwordHash})`
}
