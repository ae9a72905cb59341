import type { May } from '@/components/may.ts'
import { VERBS, type VerbName } from '@/lib/actions/control.ts'
import type { Role } from '@/lib/domain/person.ts'

/** Which forms a page offers. Only an offer: the verb asks again, and so does the database. */
export function mayOf(role: Role): May {
  const names = Object.keys(VERBS) as VerbName[]
  return Object.fromEntries(names.map((name) => [name, VERBS[name].roles.includes(role)])) as Record<VerbName, boolean>
}

export const mayDo = (role: Role, verb: VerbName): boolean => VERBS[verb].roles.includes(role)
