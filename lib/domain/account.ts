/** Somebody as the service knows them where they sign in, with an address it has verified. */
export interface Account {
  subject: string
  email: string
}

/** Why somebody is not in. */
export type Unadmitted =
  /** Nothing that was typed or opened fits. */
  | 'wrong'
  /** A password alone shows no mailbox: the first time it takes a link or a provider. */
  | 'first'
  /** Their address is not verified yet. */
  | 'unconfirmed'
  /** The service verifies no address, so none can be believed. */
  | 'unverifiable'
  /** Too many tries: later. */
  | 'limited'

export type Admission = { account: Account } | { no: Unadmitted }

/** Kinds of links in mails. */
export const LINKS = ['email', 'signup', 'magiclink', 'invite', 'recovery'] as const
export type LinkKind = (typeof LINKS)[number]
