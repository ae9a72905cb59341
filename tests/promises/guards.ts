import { setLevel } from '../../lib/store/control.ts'
import { FIX, go, otherFix, TREE } from '../store/fixture.ts'
import { type Arena, ask } from './arena.ts'
import type { Check, Checked } from './checks.ts'

/** One refusal of the gate each: it has to come, with its reason. A violation is another answer. */
const one =
  (reason: string, how: (a: Arena) => Promise<string>): Check =>
  async (a): Promise<Checked> => {
    await a.anew()
    return { violations: (await how(a)) === reason ? 0 : 1 }
  }

const promote = { kind: 'promote', target: 'production' } as const
const rollback = { kind: 'rollback', target: 'production', aim: 'd1' } as const
const facts = { previous: { deployment: 'd1' }, mainSha: 'm', back: { kind: 'unhealthy', lane: 'production' } }
const goingBack = (a: Arena) =>
  a.db.admin`update nightshift.releases set state = 'rolling-back', facts = ${a.db.admin.json(facts)}`
const approved = (a: Arena, more: object = {}) =>
  a.desk.decide(a.desk.people.operator, 'approve', {
    fix: FIX,
    tree: TREE,
    target: 'production',
    policyVersion: 1,
    ...more,
  })
const withApproval = (spoil: (a: Arena) => Promise<unknown>) => async (a: Arena) => {
  await approved(a)
  await spoil(a)
  return a.claim({ ...promote, decision: ask() })
}
const detail = async (answer: ReturnType<typeof approved>) =>
  String(((await answer).body as { detail?: string }).detail)

export const paused = one('no: paused', async (a) => {
  await a.desk.decide(a.desk.people.operator, 'pause', { project: 'shop' })
  return a.claim()
})
export const windowClosed = one('no: outside its window', (a) =>
  a.claim({ decision: go(1, { until: new Date(Date.now() - 1).toISOString() }) }),
)
export const windowAhead = one('no: outside its window', (a) =>
  a.claim({ decision: go(1, { from: new Date(Date.now() + 60_000).toISOString() }) }),
)
export const policyMovedOn = one('no: policy changed', (a) => a.claim({ decision: go(0) }))
export const stops = one('no: the decision says stop', (a) => a.claim({ decision: go(1, { answer: 'stop' }) }))
export const noApproval = one('no: no approval for this tree', (a) => a.claim({ ...promote, decision: ask() }))
export const expired = one(
  'no: the approval has expired',
  withApproval((a) => a.db.admin`update nightshift.approvals set expires_at = now()`),
)
export const revoked = one(
  'no: the approval is void: w',
  withApproval((a) => a.db.admin`update nightshift.approvals set revoked_at = now(), revoked_why = 'w'`),
)
export const otherTree = one(
  'no: the approval was for another tree',
  withApproval((a) => a.db.admin`update nightshift.approvals set tree = 'x'`),
)
export const otherPolicy = one(
  'no: the approval was given under another policy',
  withApproval((a) => a.db.admin`update nightshift.approvals set policy_version = 9`),
)
export const demoted = one(
  'no: the approver may not approve any more',
  withApproval((a) => a.db.admin`update nightshift.people set role = 'viewer' where name = 'Ada the operator'`),
)
export const usedTwice = one('no: the approval was used', async (a) => {
  await approved(a)
  await a.claim({ ...promote, key: 'first', decision: ask() })
  return a.claim({ ...promote, key: 'second', decision: ask() })
})
export const stagingOnly = one('no: no approval for this tree', async (a) => {
  await approved(a, { target: 'staging' })
  return a.claim({ ...promote, decision: ask() })
})
export const repeatedPatch = one('no: this patch was refused or rolled back', async (a) => {
  const id = await otherFix(a.db.sql, a.project, { patch: 'p', attempt: 2, name: 'aa' })
  await a.db.admin`update nightshift.fixes set state = 'refused', why = 'w' where id = ${id}`
  const answer = await a.claim()
  await a.db.admin`delete from nightshift.fixes where id = ${id}`
  return answer
})
export const foreignTree = one('no: this is not the tree that was proven', (a) => a.claim({ tree: 'd'.repeat(40) }))
export const threeRollbacks = one('no: three rollbacks: a person takes over', async (a) => {
  for (const n of [1, 2, 3]) {
    const id = await otherFix(a.db.sql, a.project, { patch: `r${n}`, attempt: n, name: `bb${n}` })
    await a.db
      .admin`insert into nightshift.releases (project, fix, issue, state) values (${a.project}, ${id}, 1, 'rolled-back')`
  }
  const answer = await a.claim()
  await a.db.admin`delete from nightshift.releases where id <> 1`
  await a.db.admin`delete from nightshift.fixes where id <> ${FIX}`
  return answer
})
export const goingBackAlready = one('no: this release is being taken back', async (a) => {
  await goingBack(a)
  return a.claim()
})
export const otherRelease = one('no: another release is on its way there', async (a) => {
  const id = await otherFix(a.db.sql, a.project, { patch: 'o', attempt: 3, name: 'cc' })
  await a.db
    .admin`insert into nightshift.releases (project, fix, issue, state) values (${a.project}, ${id}, 1, 'watching')`
  const answer = await a.claim(promote)
  await a.db.admin`delete from nightshift.releases where id <> 1`
  await a.db.admin`delete from nightshift.fixes where id <> ${FIX}`
  return answer
})
export const superseded = one('no: production moved on: it is proven again', async (a) => {
  await a.db.admin`update nightshift.fixes set superseded = true where id = ${FIX}`
  return a.claim()
})
/** Waits for an approval or for the morning, and so keeps no place at its target. */
const parked = (a: Arena, asks = true) =>
  a.db.admin`update nightshift.releases set state = 'promoting', facts = ${a.db.admin.json({ refused: { asks } })}`
export const gaveItsPlaceUp = one('no: it gave its place up and has to take it again', async (a) => {
  await parked(a)
  return a.claim(promote)
})
const inNobodysWay = (asks: boolean, name: string) =>
  one('yes', async (a) => {
    await parked(a, asks)
    const id = await otherFix(a.db.sql, a.project, { patch: 'o', attempt: 3, name })
    const answer = await a.claim({ ...promote, fix: id })
    await a.db.admin`delete from nightshift.fixes where id <> ${FIX}`
    return answer
  })
export const waitsInNobodysWay = inNobodysWay(true, 'dd')
export const sleepsInNobodysWay = inNobodysWay(false, 'ee')
export const supersededByNobody = one('kept', async (a) => {
  const [said] = await a.db.sql<{ done: boolean }[]>`
    select supersede_fix(${FIX}, 'w', ${a.lease.subject}, ${a.lease.fence - 1}) as done`
  const [fix] = await a.db.sql<{ superseded: boolean }[]>`select superseded from fixes where id = ${FIX}`
  return said!.done || fix!.superseded ? 'superseded' : 'kept'
})
export const notRecorded = one('no: not what was recorded before the release', async (a) => {
  await goingBack(a)
  return a.claim({ ...rollback, aim: 'd2' })
})
export const nobodyOrdered = one('no: nobody is taking this release back', (a) => a.claim(rollback))
export const pausedRestore = one('no: paused', async (a) => {
  await goingBack(a)
  await a.desk.decide(a.desk.people.operator, 'pause', { project: 'shop' })
  return a.claim(rollback)
})
export const viewerApproves = one('this person may not decide', async (a) => {
  await a.db.admin`update nightshift.people set role = 'viewer' where name = 'Ada the operator'`
  return detail(approved(a))
})
export const approvesOtherTree = one('this is not the tree that was proven', (a) =>
  detail(approved(a, { tree: 'd'.repeat(40) })),
)
export const approvesOldPolicy = one('the policy changed since this was shown', (a) =>
  detail(approved(a, { policyVersion: 0 })),
)
export const approvesWithdrawn = one('this patch was refused or rolled back', async (a) => {
  await a.desk.decide(a.desk.people.owner, 'reject', { fix: FIX, why: 'no' })
  return detail(approved(a))
})
export const approvesSuperseded = one('production moved on: it is proven again', async (a) => {
  await a.db.admin`update nightshift.fixes set superseded = true where id = ${FIX}`
  return detail(approved(a))
})
export const levelUnseen = one('the record moved on: look at it again', async (a) => {
  const seen = { policyVersion: 1, auditSeq: 1 }
  return (await setLevel(a.db.sql, a.desk.people.owner, a.project, 3, seen)).reason ?? 'done'
})
