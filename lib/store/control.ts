import type { ISql, JSONValue } from 'postgres'
import type { Who } from '../domain/person.ts'
import type { Level, Policy } from '../domain/project.ts'
import type { Oid } from '../domain/tree.ts'

/** What the database says to a person's decision; `already`: it is so, and nothing was changed. */
export type Ruled = { answer: 'done' | 'already'; reason: string | null } | { answer: 'refused'; reason: string }

const only = async (rows: Promise<Ruled[]>): Promise<Ruled> => (await rows)[0]!

/** Agents may pause too: stopping is always allowed. */
export const pause = (sql: ISql, project: number, who: string, why: string): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from pause(${project}, ${who}, ${why})`)

export const resume = (sql: ISql, project: number, who: Who): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from resume(${project}, ${who.person}, ${who.via})`)

export interface Yes {
  fix: string
  tree: Oid
  target: 'staging' | 'production'
  policyVersion: number
  hours: number
}

export const approve = (sql: ISql, who: Who, { fix, tree, target, policyVersion, hours }: Yes): Promise<Ruled> =>
  only(sql<Ruled[]>`
    select * from approve(${fix}, ${tree}, ${target}, ${policyVersion}, ${who.person}, ${who.via}, make_interval(hours => ${hours}))`)

export const reject = (sql: ISql, who: Who, fix: string, why: string): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from reject(${fix}, ${who.person}, ${who.via}, ${why})`)

export const orderRollback = (sql: ISql, who: Who, release: number, why: string): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from order_rollback(${release}, ${who.person}, ${who.via}, ${why})`)

export interface Seen {
  policyVersion: number
  /** The audit's position when the record was read. */
  auditSeq: number
}

export const setLevel = (sql: ISql, who: Who, project: number, level: Level, seen: Seen): Promise<Ruled> =>
  only(sql<Ruled[]>`
    select * from set_level(${project}, ${level}, ${who.person}, ${who.via}, ${seen.policyVersion}, ${seen.auditSeq})`)

export const setPolicy = (
  sql: ISql,
  who: Who,
  project: number,
  policy: Policy,
  capPerDay: number,
  seen: Pick<Seen, 'policyVersion'>,
): Promise<Ruled> =>
  only(sql<Ruled[]>`
    select * from set_policy(${project}, ${sql.json(policy as unknown as JSONValue)}, ${capPerDay}, ${who.person}, ${who.via},
      ${seen.policyVersion})`)
