import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditAnswer, verifyAudit } from '../../lib/actions/verifyAudit.ts'
import type { Anchor } from '../../lib/domain/audit.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { random } from '../stories/kills.ts'
import { projectWithLease } from './fixture.ts'
import { history } from './history.ts'
import { drawn, type Tampering } from './tamper.ts'

let db: FreshDatabase
let project: number
let lease: Lease
let anchors: Anchor[]

beforeAll(async () => {
  db = await freshDatabase()
  ;({ project, lease } = await projectWithLease(db.sql))
  anchors = await history(db.sql, project, lease, random(7), 40)
})
afterAll(() => db.drop())

const SEED = 20261127
const TAMPERINGS = 100

/** What a superuser does, seen by whoever verifies meanwhile, and then undone. */
async function after({ sql }: Tampering): Promise<AuditAnswer> {
  await db.superuser.unsafe(`create schema kept; create table kept.audit as table nightshift.audit;
    create table kept.effects as table nightshift.effects; create table kept.projects as table nightshift.projects`)
  try {
    await db.superuser.unsafe(`set session_replication_role = replica; alter table nightshift.audit disable trigger all; ${sql};
      set session_replication_role = origin`)
    return await verifyAudit(db.sql, project, anchors)
  } finally {
    await db.superuser.unsafe(`set session_replication_role = replica; alter table nightshift.audit disable trigger all;
      delete from nightshift.audit; insert into nightshift.audit table kept.audit;
      delete from nightshift.effects; insert into nightshift.effects table kept.effects;
      update nightshift.projects p set level = k.level, policy_version = k.policy_version, paused_at = k.paused_at,
        audit_seq = k.audit_seq, audit_head = k.audit_head from kept.projects k where k.id = p.id;
      drop schema kept cascade; set session_replication_role = origin`)
  }
}

test('a hundred tamperings by a superuser are all found, and between them nothing is', async () => {
  const next = random(SEED)
  const missed: string[] = []
  const names = new Set<string>()
  for (let n = 0; n < TAMPERINGS; n++) {
    const tampering = drawn(next, anchors.at(-1)!.seq)
    names.add(tampering.name.replace(/\d+/g, 'n'))
    if ((await after(tampering)).answer === 'holds') missed.push(tampering.name)
    expect((await verifyAudit(db.sql, project, anchors)).problems).toEqual([])
  }
  expect(missed).toEqual([])
  expect(names.size).toBeGreaterThan(12)
})

test('a chain made anew in full is what only the positions outside can tell', async () => {
  const whole = drawn(() => 0.13, anchors.at(-1)!.seq)
  expect(whole.name).toMatch(/make the chain anew/)
  const { problems } = await after(whole)
  expect(problems.map((one) => one.problem).join()).toMatch(/the state folder knows another row/)
  const kept = anchors
  anchors = []
  expect((await after(whole)).answer).toBe('holds')
  anchors = kept
})

test('honest histories give no alarm', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const own = await freshDatabase()
    const made = await projectWithLease(own.sql)
    const positions = await history(own.sql, made.project, made.lease, random(seed), 25)
    expect((await verifyAudit(own.sql, made.project, positions)).problems).toEqual([])
    await own.drop()
  }
})
