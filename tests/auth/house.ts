import type { Sql } from 'postgres'
import { type EmulatedAuth, startSupabaseAuth } from '../../emulators/supabase/auth.ts'
import { admit } from '../../lib/actions/admit.ts'
import { supabaseAuth } from '../../lib/adapters/auth.supabase.ts'
import type { Admission } from '../../lib/domain/account.ts'
import type { SupabaseAuth } from '../../lib/domain/authChoice.ts'
import type { Role, Who } from '../../lib/domain/person.ts'
import * as members from '../../lib/store/members.ts'
import type { AccountsAuth } from '../../lib/world.ts'
import { type Browser, browser } from './jar.ts'

export const OWNER = 'owner@example.com'
export const SITE = 'https://night.example.com'

/** A Nightshift with accounts, without a server in front of it. */
export interface House {
  far: EmulatedAuth
  auth: AccountsAuth
  choice: SupabaseAuth
  /** Asks for a link, and opens it in this browser. */
  byLink(email: string, own?: Browser): Promise<{ own: Browser; admission: Admission; isIn: boolean }>
  /** The first owner, signed in. */
  owner(): Promise<{ own: Browser; who: Who }>
  /** Somebody who was invited and came. */
  guest(email: string, role: Role, projects: number[]): Promise<{ own: Browser; who: Who }>
  who(own: Browser): Promise<Who>
  close(): Promise<void>
}

export async function openHouse(sql: Sql, more: Partial<SupabaseAuth> = {}): Promise<House> {
  const far = await startSupabaseAuth()
  far.allowed.push(SITE, `${SITE}/auth/callback`)
  const { url, key } = far
  const choice: SupabaseAuth = {
    ...{ kind: 'supabase', url, key, issuer: `${url}/auth/v1`, ownerEmail: OWNER, signup: 'invitation', github: true },
    ...more,
  }
  const auth = supabaseAuth(choice, sql, { now: () => new Date(far.store.now()) }, SITE)
  let owner: { own: Browser; who: Who } | undefined
  const house: House = {
    ...{ far, auth, choice, close: far.close },
    async byLink(email, own = browser()) {
      far.store.skew += 61_000
      await auth.sendLink(email)
      const mail = far.store.outbox.at(-1)!
      const admission = await auth.byLink(own, mail.tokenHash, 'email')
      const isIn = 'account' in admission && (await admit(sql, choice, admission.account))
      return { own, admission, isIn }
    },
    async owner() {
      if (!owner) {
        const { own } = await house.byLink(OWNER)
        owner = { own, who: await house.who(own) }
      }
      return owner
    },
    async guest(email, role, projects) {
      await members.invite(sql, (await house.owner()).who, email, { role, projects })
      const { own } = await house.byLink(email)
      return { own, who: await house.who(own) }
    },
    async who(own) {
      const seen = await auth.visitor(own)
      if (!seen) throw new Error('nobody is signed in there')
      const { person, provedAt } = seen
      return { person: person.id, name: person.name, role: person.role, via: 'page', provedAt }
    },
  }
  return house
}
