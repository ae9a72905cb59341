import type { ISql } from 'postgres'

export interface Person {
  id: number
  name: string
  role: 'owner' | 'operator' | 'viewer'
  passwordHash: string
}

export async function owner(sql: ISql): Promise<Person | null> {
  const [row] = await sql<
    Person[]
  >`select id, name, role, password_hash from people where role = 'owner' order by id limit 1`
  return row ?? null
}

/** Only where there is none: an owner is never replaced in silence. */
export async function setOwner(sql: ISql, name: string, passwordHash: string): Promise<void> {
  await sql`select set_owner(${name}, ${passwordHash})`
}
