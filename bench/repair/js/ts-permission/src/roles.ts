/** From the least to the most. */
export const ROLES = ['viewer', 'commenter', 'editor', 'owner'] as const
export type Role = (typeof ROLES)[number]

export type Deed = 'read' | 'comment' | 'edit' | 'share' | 'delete'

/** The least role that may do it. */
const NEEDED: Record<Deed, Role> = {
  read: 'viewer',
  comment: 'commenter',
  edit: 'editor',
  share: 'editor',
  delete: 'owner',
}

const rank = (role: Role): number => ROLES.indexOf(role)

export const may = (role: Role | null, deed: Deed): boolean => role !== null && rank(role) > rank(NEEDED[deed])
