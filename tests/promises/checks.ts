import { setTimeout as sleep } from 'node:timers/promises'
import type { Lease } from '../../lib/domain/work.ts'
import { settleEffect } from '../../lib/store/effects.ts'
import { startRelease } from '../../lib/store/releases.ts'
import { addWork, claimWork } from '../../lib/store/work.ts'
import { FIX, otherFix, TREE } from '../store/fixture.ts'
import { random } from '../stories/kills.ts'
import { type Arena, ask, count, together, WORKERS, witness } from './arena.ts'

/** How often a promise was broken in so many rounds; the same check judges the gate and the gate with a guard missing. */
export interface Checked {
  violations: number
  [figure: string]: number
}

export type Check = (arena: Arena, rounds: number) => Promise<Checked>

const promote = { kind: 'promote', target: 'production' } as const

/** Twenty workers with two promotions each, all at once; tries count, whatever comes of them. */
export const cap: Check = async (a, rounds) => {
  let violations = 0
  for (let round = 0; round < rounds; round++) {
    const limit = [0, 1, 10][round % 3]!
    await a.anew()
    await a.db.admin`update nightshift.projects set cap_per_day = ${limit}`
    const answers = await together(WORKERS * 2, (i) => a.claim({ ...promote, key: `p${i}` }))
    if (count(answers, 'yes') !== limit) violations += 1
    // Lowered below what was used already: nothing more, and nothing breaks.
    await a.db.admin`update nightshift.projects set cap_per_day = ${Math.max(0, limit - 1)}`
    if ((await a.claim({ ...promote, key: 'more' })) !== 'no: daily cap') violations += 1
  }
  return { violations }
}

/** Twenty busy workers; a person pauses; from the answer on the witness sees nothing. */
export const pause: Check = async (a, rounds) => {
  const next = random(11)
  const acks: number[] = []
  let violations = 0
  let effects = 0
  let draining = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    const { seen, call } = witness()
    let over = false
    const busy = together(WORKERS, async (i) => {
      for (let n = 0; !over; n++) {
        const key = `${round}-${i}-${n}`
        if ((await a.claim({ key })) !== 'yes') {
          await sleep(5)
          continue
        }
        await call(key, next() < 0.05 ? 60 : next() * 20)
        await settleEffect(a.db.sql, a.project, key, 'confirmed', {})
      }
    })
    await sleep(20 + next() * 60)
    const began = performance.now()
    const { body } = await a.desk.decide(a.desk.people.operator, 'pause', { project: 'shop' })
    const answered = performance.now()
    acks.push(answered - began)
    await sleep(40)
    over = true
    await busy
    effects += seen.length / 2
    const { state } = body as { state: string }
    // These calls are short, so all of them end while it waits.
    if (state !== 'paused') {
      draining += 1
      violations += 1
    } else if (seen.some(({ at }) => at > answered)) violations += 1
  }
  acks.sort((x, y) => x - y)
  const at = (q: number) => Math.round(acks[Math.min(acks.length - 1, Math.floor(q * acks.length))]!)
  return { violations, effects, draining, p50: at(0.5), p99: at(0.99), max: at(1) }
}

/** Each piece of work to one worker, and each effect to one caller. */
export const doubleClaims: Check = async (a, rounds) => {
  let violations = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    const answers = await together(WORKERS, () => a.claim({ key: 'one' }))
    if (count(answers, 'yes') !== 1 || count(answers, 'wait') !== WORKERS - 1) violations += 1
    const subjects = Array.from({ length: 20 }, (_, i) => `issue:${round * 20 + i}`)
    for (const subject of subjects) await addWork(a.db.sql, subject, a.project, 'investigator')
    const claimed: string[] = []
    await together(WORKERS, async () => {
      for (
        let one = await claimWork(a.db.sql, 'investigator', 60);
        one;
        one = await claimWork(a.db.sql, 'investigator', 60)
      )
        claimed.push(one.subject)
    })
    if (claimed.length !== subjects.length || new Set(claimed).size !== claimed.length) violations += 1
  }
  return { violations }
}

/** A worker that was stopped past its lease, beside the one that took over. */
export const fence: Check = async (a, rounds) => {
  let violations = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    const stopped = a.lease
    await a.db.admin`update nightshift.work set lease_until = clock_timestamp() - interval '1 second'`
    const mine = (await claimWork(a.db.sql, 'releaser', 600))!
    const late = together(10, (i) => a.claim({ key: `late${i}` }, stopped))
    const fresh = await a.claim({ key: 'fresh' }, mine)
    if (count(await late, 'no: lease lost') !== 10 || fresh !== 'yes') violations += 1
  }
  return { violations }
}

const yes = { fix: FIX, tree: TREE, policyVersion: 1 }

/** Clicks of twenty impatient people make one approval. */
export const doubleClick: Check = async (a, rounds) => {
  let violations = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    const answers = await together(WORKERS, () =>
      a.desk.decide(a.desk.people.operator, 'approve', { ...yes, target: 'production' }),
    )
    const done = answers.filter(({ body }) => (body as { answer?: string }).answer === 'done').length
    const live = await a.db.sql`select 1 from approvals where revoked_at is null`
    if (done !== 1 || live.length !== 1) violations += 1
  }
  return { violations }
}

/** Approve, reject and the release itself at once: once a rejection stands, nothing of the fix is allowed after it. */
export const approveOrReject: Check = async (a, rounds) => {
  let violations = 0
  let rejected = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    const { owner, operator } = a.desk.people
    const since = await seq(a)
    const mine = a.lease
    await Promise.all([
      a.desk.decide(operator, 'approve', { ...yes, target: 'production' }),
      together(8, (i) => a.claim({ ...promote, key: `p${i}`, decision: ask() }, mine)),
      a.desk.decide(owner, 'reject', { fix: FIX, why: 'no' }),
      together(8, (i) => a.claim({ ...promote, key: `q${i}`, decision: ask() }, mine)),
    ])
    const rows = await a.db.sql<{ what: string; n: number }[]>`
      select what, min(seq)::int as n from audit where seq > ${since} and what in ('control.rejected', 'effect.intent') group by what`
    const said = rows.find(({ what }) => what === 'control.rejected')?.n
    const [late] = await a.db.sql`select 1 from audit where what = 'effect.intent' and seq > ${said ?? 2 ** 31}`
    const [fix] = await a.db.sql<{ withdrawn: boolean }[]>`select withdrawn from fixes where id = ${FIX}`
    const allowed = rows.some(({ what }) => what === 'effect.intent')
    if (said) rejected += 1
    if (late || fix!.withdrawn !== (said !== undefined) || (said && allowed)) violations += 1
  }
  return { violations, rejected }
}

const seq = async (a: Arena) => (await a.db.sql<{ n: number }[]>`select audit_seq::int as n from projects`)[0]!.n

/** One approval serves one release, however many ask with it at once, and none after its time. */
export const singleUse: Check = async (a, rounds) => {
  let violations = 0
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    await a.desk.decide(a.desk.people.operator, 'approve', { ...yes, target: 'production' })
    await a.db
      .admin`update nightshift.approvals set expires_at = clock_timestamp() + make_interval(secs => ${round % 2 ? 60 : 0.01})`
    for (let i = 100; i < 110; i++) await addWork(a.db.sql, `release:${i}`, a.project, 'releaser')
    const leases: Lease[] = []
    for (let i = 0; i < 10; i++) leases.push((await claimWork(a.db.sql, 'releaser', 600))!)
    // Each of ten asks to build and to promote.
    const answers = await together(WORKERS, (i) =>
      a.claim({ ...promote, kind: i < 10 ? 'promote' : 'deploy', key: `p${i}`, decision: ask() }, leases[i % 10]!),
    )
    const [late] = await a.db
      .sql`select 1 from effects e join approvals p on p.id = e.approval where e.at > p.expires_at`
    const subjects = await a.db.sql`select distinct subject from effects`
    if (late || subjects.length > 1 || count(answers, 'yes') > 2) violations += 1
    if (round % 2 && count(answers, 'yes') !== 2) violations += 1
  }
  return { violations }
}

/** Twenty ready fixes at once: one release a target. */
export const oneATarget: Check = async (a, rounds) => {
  let violations = 0
  const fixes: { id: string; issue: number }[] = []
  for (let n = 1; n <= WORKERS; n++) {
    const id = await otherFix(a.db.sql, a.project, { patch: `o${n}`, attempt: 1 + (n % 3), name: `${n}` })
    const [row] = await a.db.sql<{ issue: number }[]>`select issue from fixes where id = ${id}`
    fixes.push({ id, issue: row!.issue })
  }
  for (let round = 0; round < rounds; round++) {
    await a.anew()
    await a.db.admin`delete from nightshift.releases where id <> 1`
    await a.db.admin`update nightshift.releases set state = 'cured'`
    await together(WORKERS, (i) =>
      startRelease(a.db.sql, { project: a.project, fix: fixes[i]!.id, issue: fixes[i]!.issue }),
    )
    const [row] = await a.db.sql<
      { n: number }[]
    >`select count(*)::int as n from releases where lane(state, facts) = 'staging'`
    if (row!.n !== 1) violations += 1
  }
  return { violations }
}
