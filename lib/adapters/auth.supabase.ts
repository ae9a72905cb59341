import { randomBytes } from 'node:crypto'
import type { Session, User } from '@supabase/supabase-js'
import type { Sql } from 'postgres'
import type { Admission, Unadmitted } from '../domain/account.ts'
import type { SupabaseAuth } from '../domain/authChoice.ts'
import { personById, personBySubject } from '../store/people.ts'
import type { AccountsAuth, Clock, Jar, Proof } from '../world.ts'
import { provenBy } from './supabase/claims.ts'
import { clientFor, meaning, passing, verifiesAddresses } from './supabase/client.ts'

/** How long a sign-in counts as the proof that is asked for before what weighs more than a click. */
const FRESH_MS = 10 * 60_000

type Client = ReturnType<typeof clientFor>['auth']

interface Given {
  data: { user: User | null; session: Session | null }
  error: unknown
}

/** Accounts of Supabase Auth. What a browser shows is a token; it is checked with the project's public keys at every request. */
export function supabaseAuth(choice: SupabaseAuth, sql: Sql, clock: Clock, site: string): AccountsAuth {
  const secure = site.startsWith('https:')
  const of = (jar: Jar) => clientFor(choice, secure, jar).auth

  async function admitted(client: Client, { data, error }: Given, byMailbox: boolean): Promise<Admission> {
    if (error) {
      const what = meaning(error)
      return { no: what === 'weak' ? 'wrong' : what }
    }
    const { user } = data
    const email = user?.email?.trim().toLowerCase()
    const no = user && data.session && email ? await objection(client, user, byMailbox) : 'wrong'
    if (no === null) return { account: { subject: user!.id, email: email! } }
    await client.signOut({ scope: 'local' })
    return { no }
  }

  /**
   * An account counts with an address that was verified, which a service that verifies none cannot say. Before it is
   * anybody here, somebody else may have made it in this name and wait for its owner to verify it: so it becomes somebody
   * by the mailbox alone, and a password and sessions from before end.
   */
  async function objection(client: Client, user: User, byMailbox: boolean): Promise<Unadmitted | null> {
    if (!user.email_confirmed_at || user.is_anonymous) return 'unconfirmed'
    if (await personBySubject(sql, user.id)) return null
    if (!byMailbox) return 'first'
    if (!(await verifiesAddresses(choice))) return 'unverifiable'
    // Of every kind of character a project may ask for.
    const { error } = await client.updateUser({ password: `${randomBytes(48).toString('base64url')}aA1!` })
    if (error) return meaning(error) === 'limited' ? 'limited' : 'unverifiable'
    const ended = await client.signOut({ scope: 'others' })
    return ended.error ? 'unverifiable' : null
  }

  async function signOut(jar: Jar): Promise<void> {
    await of(jar)
      .signOut({ scope: 'local' })
      .catch(() => undefined)
    // Whatever the service says to it, the browser forgets.
    for (const { name } of jar.getAll())
      if (name.includes('nightshift-auth'))
        jar.set(name, '', { httpOnly: true, sameSite: 'strict', secure, path: '/', maxAge: 0 })
  }

  async function proof(email: string, subject: string, password: string): Promise<Proof> {
    const { auth } = passing(choice)
    const { data, error } = await auth.signInWithPassword({ email, password })
    if (error) return meaning(error) === 'limited' ? 'limited' : 'wrong'
    await auth.signOut({ scope: 'local' })
    return data.user.id === subject ? 'proven' : 'wrong'
  }

  return {
    kind: 'supabase',
    github: choice.github,
    async visitor(jar) {
      if (!jar.getAll().some(({ name }) => name.includes('nightshift-auth'))) return null
      const claims = of(jar).getClaims()
      const { data, error } = await claims.catch(() => ({ data: null, error: null }))
      // A service that does not answer is not somebody who signed out.
      if (error) meaning(error)
      const proven = data && provenBy(data, choice.issuer, clock.now())
      const person = proven && (await personBySubject(sql, proven.subject))
      return person && { person, provedAt: proven.provedAt, session: proven.session }
    },
    async again(who, password) {
      const person = await personById(sql, who.person)
      if (password) return person?.email && person.subject ? proof(person.email, person.subject, password) : 'wrong'
      const age = who.provedAt ? clock.now().getTime() - who.provedAt.getTime() : Number.POSITIVE_INFINITY
      return who.via === 'page' && age <= FRESH_MS ? 'proven' : 'needed'
    },
    async refresh(jar) {
      // Renews by itself where the token ran out; who it is for is asked again where it matters.
      await of(jar)
        .getClaims()
        .catch(() => undefined)
    },
    signOut,
    async byPassword(jar, email, password) {
      const client = of(jar)
      return admitted(client, await client.signInWithPassword({ email, password }), false)
    },
    async byLink(jar, token_hash, type) {
      const client = of(jar)
      return admitted(client, await client.verifyOtp({ token_hash, type }), true)
    },
    async byCode(jar, code) {
      const client = of(jar)
      return admitted(client, await client.exchangeCodeForSession(code), true)
    },
    async sendLink(email) {
      const { error } = await passing(choice).auth.signInWithOtp({
        email,
        options: { emailRedirectTo: `${site}/auth/confirm` },
      })
      return error && meaning(error) === 'limited' ? 'limited' : 'sent'
    },
    async choosePassword(jar, password) {
      const client = of(jar)
      const { error } = await client.updateUser({ password })
      if (error) return meaning(error) === 'limited' ? 'limited' : 'weak'
      await client.signOut({ scope: 'others' })
      return 'chosen'
    },
    async githubAddress(jar, back) {
      const { data, error } = await of(jar).signInWithOAuth({
        provider: 'github',
        options: { redirectTo: back, skipBrowserRedirect: true },
      })
      if (error || !data.url) meaning(error)
      return data.url!
    },
  }
}
