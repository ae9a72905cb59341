import type { ISql } from 'postgres'
import { hashPassword } from '../store/password.ts'
import { owner, setOwner } from '../store/people.ts'

export { hashPassword } from '../store/password.ts'

/** The person who signs in with the owner's password; once. */
export async function makeOwner(sql: ISql, name: string, password: string): Promise<void> {
  if (await owner(sql)) return
  await setOwner(sql, name, await hashPassword(password))
}
