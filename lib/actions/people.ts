import type { ISql, JSONValue } from 'postgres'
import { z } from 'zod'
import { ROLES, type Role } from '../domain/person.ts'
import { Fault } from '../errors.ts'
import * as store from '../store/members.ts'
import type { Verb } from './act.ts'
import { known, ruled } from './ruled.ts'

/** Who comes in, as what and to which projects: an owner's, with the proof that is asked for before what weighs more. */
const OWNER = ['owner'] as const
const proven = async () => true

const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
const Place = { role: z.enum(ROLES), projects: z.array(z.string().max(100)).max(500) }
const Id = z.number().int().positive()

/** Bound to the address: whoever proves that it is theirs comes in with it, once, within a week. */
export const invite: Verb<{ email: string; role: Role; projects: string[] }> = {
  roles: OWNER,
  input: z.strictObject({ email: Email, ...Place }),
  password: proven,
  async run(world, who, { email, role, projects }) {
    if (world.auth.kind === 'owner')
      throw new Fault('REFUSED', 'with AUTH=owner there is one person, who has the password')
    const ids = await idsOf(world.sql, projects)
    const { answer } = ruled(await store.invite(world.sql, who, email, { role, projects: ids }))
    return { state: 'invited', answer, email, days: 7 }
  },
}

export const uninvite: Verb<{ invitation: number }> = {
  roles: OWNER,
  input: z.strictObject({ invitation: Id }),
  password: proven,
  async run(world, who, { invitation }) {
    const { answer } = ruled(await store.uninvite(world.sql, who, invitation))
    return { state: 'uninvited', answer }
  },
}

/** Role and projects together; what somebody approved before counts as far as they may still approve. */
export const role: Verb<{ person: number; role: Role; projects: string[] }> = {
  roles: OWNER,
  input: z.strictObject({ person: Id, ...Place }),
  password: proven,
  async run(world, who, { person, role: wanted, projects }) {
    const ids = await idsOf(world.sql, projects)
    const { answer } = ruled(await store.setPerson(world.sql, who, person, { role: wanted, projects: ids }))
    world.ring('releaser')
    return { state: 'role', answer, role: wanted }
  },
}

/** From the next request on they are nobody; they come back by another invitation alone. */
export const remove: Verb<{ person: number }> = {
  roles: OWNER,
  input: z.strictObject({ person: Id }),
  password: proven,
  async run(world, who, { person }): Promise<JSONValue> {
    const { answer } = ruled(await store.removePerson(world.sql, who, person))
    world.ring('releaser')
    return { state: 'removed', answer }
  },
}

async function idsOf(sql: ISql, slugs: string[]): Promise<number[]> {
  return Promise.all([...new Set(slugs)].map(async (slug) => (await known(sql, slug)).id))
}
