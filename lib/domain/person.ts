/** viewer looks; operator pauses, decides and takes back; owner also changes level and policy. */
export type Role = 'owner' | 'operator' | 'viewer'

/** Somebody who signed in, or the state folder's token, which acts as the owner. */
export interface Who {
  person: number
  name: string
  role: Role
  via: 'page' | 'cli' | 'slack'
}
