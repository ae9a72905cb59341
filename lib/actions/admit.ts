import type { ISql } from 'postgres'
import type { Account } from '../domain/account.ts'
import type { SupabaseAuth } from '../domain/authChoice.ts'
import { expected, welcome } from '../store/members.ts'

type Door = Pick<SupabaseAuth, 'ownerEmail' | 'signup'>

/** Makes somebody of an account, where they were invited, are the first owner, or anybody may be somebody. */
export async function admit(sql: ISql, { ownerEmail, signup }: Door, account: Account): Promise<boolean> {
  const { person } = await welcome(sql, account, { ownerEmail, open: signup === 'open' })
  return person !== null
}

/** Whether a link may be sent to this address: nobody is written to who has no business here. */
export const mayBeWrittenTo = async (sql: ISql, { ownerEmail, signup }: Door, email: string): Promise<boolean> =>
  signup === 'open' || expected(sql, email, ownerEmail)
