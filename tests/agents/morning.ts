import type { Sql } from 'postgres'
import { noticesSubject, wakeNotices } from '../../lib/store/work.ts'
import type { Channel } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { HOURS, type Shipping, shipping } from './release.ts'

/** A channel in memory that takes everything. */
export interface Postbox extends Channel {
  sent: string[]
}

export const postbox = (name: Channel['name']): Postbox => {
  const sent: string[] = []
  const notify: Channel['notify'] = {
    async send(_, { key }) {
      sent.push(key)
      return undefined
    },
    arrived: async (_, key) => sent.includes(key),
  }
  return { name, sent, notify }
}

const HOUR = 3_600_000

/** A project with channels, at an hour that tests choose: `hour(3)` is three hours from now on the wall. */
export interface Morning {
  db: FreshDatabase
  sql: Sql
  s: Shipping
  slack: Postbox
  email: Postbox
  /** Has that many hours gone by. */
  later(hours: number): void
  /** Sets how people are told. */
  settings(notify: object): Promise<void>
  /** Tells what there is to tell, until nothing is due. */
  passOn(): Promise<void>
  /** An issue somebody works on; its number. */
  found(severity: string): Promise<number>
  close(): Promise<void>
}

/** `22:00`, so many hours from now, in UTC; whole minutes. */
export const hour = (hours: number): string => new Date(Date.now() + hours * HOUR).toISOString().slice(11, 16)

/** It has been quiet for an hour, and will be for two. */
export const QUIET = () => ({ from: hour(-1), to: hour(2) })
/** An hour after that, every day. */
export const HAND_OVER = () => ({ on: true, at: hour(3), days: [1, 2, 3, 4, 5, 6, 7] })

export async function openMorning(notify: object = {}): Promise<Morning> {
  const db = await freshDatabase()
  const [slack, email] = [postbox('slack'), postbox('email')]
  const hours = { ...HOURS, zone: 'UTC' }
  const s = await shipping(db, { hours }, 1, { channels: [slack, email], notify })
  let ahead = 0
  const { clock } = s.actor
  s.actor.clock = { now: () => new Date(clock.now().getTime() + ahead) }
  return {
    ...{ db, sql: db.sql, s, slack, email },
    later: (by) => {
      ahead += by * HOUR
    },
    settings: async (more) => {
      const json = db.admin.json(more as never)
      await db.admin`update nightshift.projects set settings = jsonb_set(settings, '{notify}', settings->'notify' || ${json}::jsonb)`
    },
    async passOn() {
      await wakeNotices(db.sql, s.project)
      for (let n = 0; n < 40; n++) {
        const next = await s.stepOf(noticesSubject(s.project))
        if (next === 'done' || next.inMs > 0) return
      }
      throw new Error('it has always something to tell')
    },
    async found(severity) {
      const [row] = await db.sql<{ id: number }[]>`
        with i as (insert into issues (project, fingerprint, title, severity, severity_why, users, first_seen, last_seen)
          values (${s.project}, md5(random()::text), 'TypeError: secret words', ${severity}, 'Because.', 4, now(), now()) returning id),
          w as (insert into work (subject, project, agent) select 'issue:' || id, ${s.project}, 'investigator' from i)
        select id from i`
      return row!.id
    },
    async close() {
      s.close()
      await db.drop()
    },
  }
}
