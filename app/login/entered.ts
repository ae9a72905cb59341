import { admit } from '@/lib/actions/admit.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import type { Admission } from '@/lib/domain/account.ts'
import type { AccountsAuth, Jar } from '@/lib/world.ts'
import { world } from '../world.ts'
import type { Problem } from './words.ts'

/** The accounts people sign in with; null where there is an owner's password instead. */
export function accounts(): AccountsAuth | null {
  const { auth } = world()
  return auth.kind === 'supabase' ? auth : null
}

/** Makes an account somebody here, or ends its session; null: they are in. */
export async function entered(jar: Jar, auth: AccountsAuth, admission: Admission): Promise<Problem | null> {
  if ('no' in admission) return admission.no
  const { config, sql, anchors } = world()
  const isIn = config.auth.kind === 'supabase' && (await admit(sql, config.auth, admission.account))
  if (!isIn) {
    await auth.signOut(jar)
    return 'uninvited'
  }
  await keepAnchors({ sql, anchors })
  return null
}
