import type { Admission, LinkKind } from '../domain/account.ts'
import type { Person, Who } from '../domain/person.ts'

/** The port `auth`: how people come in. The doors alone have it; no agent is given it. */

/** The cookies of one request, and where those of its answer are put. Where nothing can be answered, `set` does nothing. */
export interface Jar {
  getAll(): { name: string; value: string }[]
  set(name: string, value: string, options: CookieWish): void
}

export interface CookieWish {
  httpOnly: true
  sameSite: 'strict' | 'lax'
  secure: boolean
  path: '/'
  /** Seconds; 0 takes it away. */
  maxAge: number
}

/** Somebody whose cookies prove who they are, and when they last proved it otherwise. */
export interface Visitor {
  person: Person
  provedAt: Date | null
  /** Names this one sign-in as long as it lasts, whatever is renewed meanwhile. Shown to nobody. */
  session: string
}

/** What a person who is asked again came up with. */
export type Proof = 'proven' | 'needed' | 'wrong' | 'limited'

interface Sessions {
  /** Asked at every request: a cookie counts as far as it can be proven now, and only for somebody who may come in now. */
  visitor(jar: Jar): Promise<Visitor | null>
  /** Before what weighs more than a click. */
  again(who: Who, password: string | null): Promise<Proof>
  /** Renews what is about to run out; decides nothing. */
  refresh(jar: Jar): Promise<void>
  signOut(jar: Jar): Promise<void>
}

/** One person with a password. */
export interface OwnerAuth extends Sessions {
  kind: 'owner'
  signIn(jar: Jar, password: string): Promise<boolean>
}

/** Accounts at a service that verifies addresses. What is let in here is an account; whether it is anybody, others say. */
export interface AccountsAuth extends Sessions {
  kind: 'supabase'
  github: boolean
  byPassword(jar: Jar, email: string, password: string): Promise<Admission>
  /** By what a link in a mail carries. */
  byLink(jar: Jar, tokenHash: string, kind: LinkKind): Promise<Admission>
  /** By what a provider sent back, in the browser it was asked from. */
  byCode(jar: Jar, code: string): Promise<Admission>
  /** Sends a link to sign in; makes the account where there is none. */
  sendLink(email: string): Promise<'sent' | 'limited'>
  /** Another password, by whoever signed in a moment ago. */
  choosePassword(jar: Jar, password: string): Promise<'chosen' | 'weak' | 'limited'>
  /** Where to go for signing in with GitHub, and come back to `back` with a code. */
  githubAddress(jar: Jar, back: string): Promise<string>
}

export type Auth = OwnerAuth | AccountsAuth
