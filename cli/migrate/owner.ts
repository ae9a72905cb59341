import { randomBytes } from 'node:crypto'
import { makeOwner } from '../../lib/actions/signIn.ts'
import { owner } from '../../lib/store/people.ts'
import { type Admin, connectAdmin } from '../migrate.ts'

export interface Owner {
  isNew: boolean
  /** Where we made it: nobody else knows it. */
  password: string | null
}

/** Makes the owner where there is none yet, as who migrates: the application's login need not be known for it. */
export async function makeOwnerAs(admin: Admin, chosen: string | undefined): Promise<Owner> {
  const sql = connectAdmin(admin)
  try {
    return await sql.begin(async (tx): Promise<Owner> => {
      await tx.unsafe('set local role nightshift_owner; set local search_path = nightshift').simple()
      if (await owner(tx)) return { isNew: false, password: null }
      const password = chosen ?? randomBytes(15).toString('base64url')
      await makeOwner(tx, 'Owner', password)
      return { isNew: true, password: chosen ? null : password }
    })
  } finally {
    await sql.end({ timeout: 5 })
  }
}
