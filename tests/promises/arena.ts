import { setTimeout as sleep } from 'node:timers/promises'
import type { Decision, EffectRequest } from '../../lib/domain/effect.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { claimEffect } from '../../lib/store/effects.ts'
import { claimWork } from '../../lib/store/work.ts'
import { type Desk, openDesk } from '../actions/desk.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { go, projectWithLease, request, said } from '../store/fixture.ts'

/** A project at work in a database of its own, with people at its controls, and ways to begin each round anew. */
export interface Arena {
  db: FreshDatabase
  desk: Desk
  project: number
  /** Of the release's work. */
  lease: Lease
  /** Asks the gate, as the releaser would, and answers in a word with the reason of a no. */
  claim(more?: Partial<EffectRequest>, lease?: Lease): Promise<string>
  /** Effects, approvals, orders and pauses of earlier rounds are gone; the fix is proven and its release on staging. */
  anew(): Promise<void>
  close(): Promise<void>
}

export async function openArena(pooled: boolean): Promise<Arena> {
  const db = await freshDatabase({ pooled })
  const { project, lease } = await projectWithLease(db.sql)
  const desk = await openDesk(db.sql, db.admin)
  const arena: Arena = {
    db,
    desk,
    project,
    lease,
    claim: async (more = {}, mine = arena.lease) =>
      said(await claimEffect(db.sql, mine, request(project, { ...more, subject: mine.subject }), false)),
    async anew() {
      await db.admin.unsafe(ANEW)
      arena.lease = (await claimWork(db.sql, 'releaser', 600))!
    },
    async close() {
      desk.close()
      await db.drop()
    },
  }
  return arena
}

const ANEW = `set search_path = nightshift;
  delete from effects; delete from approvals; delete from requests;
  update projects set paused_at = null, paused_by = null, paused_why = null, cap_per_day = 1000, policy_version = 1;
  update fixes set state = 'proven', withdrawn = false, withdrawn_why = null, superseded = false;
  delete from releases where id <> 1;
  update releases set state = 'staging', facts = '{}', back_by = null;
  delete from work where subject <> 'release:1';
  insert into work (subject, project, agent) select 'release:1', id, 'releaser' from projects on conflict do nothing;
  update work set agent = 'releaser', lease_until = null, due_at = now(), nudged = false;
  update people set role = 'operator' where name = 'Ada the operator'`

export const ask = (more: Partial<Decision> = {}): Decision => go(1, { answer: 'ask', ...more })

/** A log of the outside: what began and ended when, by one clock. */
export function witness() {
  const seen: { what: 'start' | 'end'; key: string; at: number }[] = []
  return {
    seen,
    /** A call that takes this long. */
    async call(key: string, ms: number): Promise<void> {
      seen.push({ what: 'start', key, at: performance.now() })
      await sleep(ms)
      seen.push({ what: 'end', key, at: performance.now() })
    },
  }
}

export const WORKERS = 20
export const together = <T>(n: number, work: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: n }, (_, i) => work(i)))

export const count = (answers: string[], of: string): number => answers.filter((one) => one === of).length
