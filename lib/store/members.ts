import type { ISql } from 'postgres'
import type { Role, Who } from '../domain/person.ts'
import type { Ruled } from './control.ts'

const only = async (rows: Promise<Ruled[]>): Promise<Ruled> => (await rows)[0]!

/** An owner is a member of everything. */
export async function isMember(sql: ISql, person: number, project: number): Promise<boolean> {
  const [row] = await sql<{ is: boolean }[]>`select is_member(${person}, ${project}) as is`
  return row?.is ?? false
}

export interface Present {
  id: number
  name: string
  role: Role
  slackId: string | null
  /** Ids, in order; an owner needs none. */
  projects: number[]
}

/** Everybody who may come in, the longest known first. */
export const present = (sql: ISql): Promise<Present[]> =>
  sql<Present[]>`
    select p.id, p.name, p.role, p.slack_id, coalesce(array_agg(m.project order by m.project) filter (where m.project is not null), '{}') as projects
    from people p left join members m on m.person = p.id where p.role <> 'removed' group by p.id order by p.id`

export interface Invitation {
  id: number
  email: string
  role: Role
  projects: number[]
  by: string
  at: Date
  expiresAt: Date
  expired: boolean
}

/** Those nobody has used or taken back; of those that ran out only what would otherwise be looked for. */
export const invitations = (sql: ISql): Promise<Invitation[]> =>
  sql<Invitation[]>`
    select i.id, i.email, i.role, i.projects, p.name as by, i.at, i.expires_at, i.expires_at <= now() as expired
    from invitations i join people p on p.id = i.invited_by
    where i.used_at is null and i.revoked_at is null and i.expires_at > now() - interval '30 days' order by i.id desc limit 200`

export interface Place {
  role: Role
  projects: number[]
}

export const invite = (sql: ISql, who: Who, email: string, { role, projects }: Place): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from invite(${email}, ${role}, ${projects}::int[], ${who.person}, ${who.via})`)

export const uninvite = (sql: ISql, who: Who, invitation: number): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from uninvite(${invitation}, ${who.person}, ${who.via})`)

export const setPerson = (sql: ISql, who: Who, person: number, { role, projects }: Place): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from set_person(${person}, ${role}, ${projects}::int[], ${who.person}, ${who.via})`)

export const removePerson = (sql: ISql, who: Who, person: number): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from remove_person(${person}, ${who.person}, ${who.via})`)

export type Welcomed =
  | { person: number; answer: 'known' | 'owner' | 'invited' | 'open' }
  | { person: null; answer: 'refused' }

/** Somebody whose address was verified, as they sign in. */
export async function welcome(
  sql: ISql,
  account: { subject: string; email: string },
  door: { ownerEmail: string; open: boolean },
): Promise<Welcomed> {
  const { subject, email } = account
  const [row] = await sql<Welcomed[]>`select * from welcome(${subject}, ${email}, ${door.ownerEmail}, ${door.open})`
  return row!
}

/** Whether this address is somebody's, invited, or the first owner's. */
export async function expected(sql: ISql, email: string, ownerEmail: string): Promise<boolean> {
  const [row] = await sql<{ is: boolean }[]>`select expected(${email}, ${ownerEmail}) as is`
  return row?.is ?? false
}
