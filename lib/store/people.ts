import type { ISql } from 'postgres'
import type { Role, Who } from '../domain/person.ts'
import type { Ruled } from './control.ts'

export interface Person {
  id: number
  name: string
  role: Role
  passwordHash: string
}

const columns = (sql: ISql) => sql`id, name, role, password_hash`

export async function owner(sql: ISql): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where role = 'owner' order by id limit 1`
  return row ?? null
}

export async function personById(sql: ISql, id: number): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where id = ${id}`
  return row ?? null
}

/** Whom a member of Slack was linked to. */
export async function personBySlack(sql: ISql, slackId: string): Promise<Person | null> {
  const [row] = await sql<Person[]>`select ${columns(sql)} from people where slack_id = ${slackId}`
  return row ?? null
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
