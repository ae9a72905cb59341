import type { ISql } from 'postgres'
import type { LoginUse, TrustedHost } from '../domain/gitLogin.ts'
import type { Who } from '../domain/person.ts'
import type { Ruled } from './control.ts'

/** A login as it is kept: sealed, bound to its id. */
export interface KeptLogin {
  id: string
  use: LoginUse
  kind: 'token' | 'key'
  host: string
  username: string
  sealed: string
  /** What a host is given, where it is a key. */
  publicKey: string | null
  madeAt: Date
}

/** Those in use, at most one for each use. */
export const gitLogins = (sql: ISql, project: number): Promise<KeptLogin[]> => sql<KeptLogin[]>`
  select id, use, kind, host, username, sealed, public_key, made_at from git_logins
  where project = ${project} and ended_at is null order by use`

export type NewLogin = Omit<KeptLogin, 'madeAt'>

const only = async (rows: Promise<Ruled[]>): Promise<Ruled> => (await rows)[0]!

export const giveGitLogin = (sql: ISql, who: Who, project: number, login: NewLogin): Promise<Ruled> =>
  only(sql<Ruled[]>`
    select * from give_git_login(${project}, ${login.id}, ${login.use}, ${login.kind}, ${login.host}, ${login.username},
      ${login.sealed}, ${login.publicKey}, ${who.person}, ${who.via})`)

export const endGitLogin = (sql: ISql, who: Who, project: number, use: LoginUse): Promise<Ruled> =>
  only(sql<Ruled[]>`select * from end_git_login(${project}, ${use}, ${who.person}, ${who.via})`)

/** Only where it still holds what was read; whoever gave another one meanwhile keeps theirs. */
export async function resealGitLogin(sql: ISql, id: string, was: string, sealed: string): Promise<void> {
  await sql`select reseal_git_login(${id}, ${was}, ${sealed})`
}

export type KnownHost = TrustedHost & { fingerprint: string }

export const gitHosts = (sql: ISql, project: number): Promise<KnownHost[]> => sql<KnownHost[]>`
  select host, key, fingerprint from git_hosts where project = ${project} order by host`

export const trustGitHost = (sql: ISql, who: Who, project: number, host: KnownHost): Promise<Ruled> =>
  only(sql<Ruled[]>`
    select * from trust_git_host(${project}, ${host.host}, ${host.key}, ${host.fingerprint}, ${who.person}, ${who.via})`)
