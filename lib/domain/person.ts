/** viewer looks; operator pauses, decides and takes back; owner also changes level, policy and people. */
export const ROLES = ['owner', 'operator', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** Somebody who may come in. Of projects they see those they are members of, an owner all. */
export interface Person {
  id: number
  name: string
  role: Role
  /** Null: they prove who they are elsewhere. */
  passwordHash: string | null
  /** The address that was verified where they sign in; null: they have the owner's password. */
  email: string | null
  /** Their id there. */
  subject: string | null
}

/** Somebody who signed in, or the state folder's token, which acts as the owner. */
export interface Who {
  person: number
  name: string
  role: Role
  via: 'page' | 'cli' | 'slack'
  /** When they last proved who they are, where that is known. */
  provedAt?: Date | null
}
