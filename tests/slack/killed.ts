import type { Sql } from 'postgres'
import { expect } from 'vitest'
import { passOn } from '../../agents/releaser/passOn.ts'
import { type EmulatedSlack, emulateSlack } from '../../emulators/slack.ts'
import { buttonsOf } from '../../emulators/slackBlocks.ts'
import type { Trouble } from '../../emulators/trouble.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { inboxNotify } from '../../lib/adapters/notify.inbox.ts'
import { slackNotify } from '../../lib/adapters/notify.slack.ts'
import { insertNotice } from '../../lib/store/notices.ts'
import { claimWork, finishWork, noticesSubject, wakeNotices } from '../../lib/store/work.ts'
import type { Actor } from '../../lib/world.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { type Mortal, mortal } from './mortal.ts'

/** Lives that end early, in each part of a run. */
const LIVES = 2
/** Statements of one step: kills are drawn from the first of them to some after the last. */
const STATEMENTS = 60

let db: FreshDatabase
let slack: EmulatedSlack
let onCall: () => void = () => undefined
/** What happened, over all runs; `most`: messages of one fix that could be answered at any one time. */
const seen = { runs: 0, kills: 0, bySlack: 0, points: new Set<number>(), lost: 0, calls: 0, most: 0 }

async function open(): Promise<void> {
  db = await freshDatabase()
  slack = await emulateSlack()
  const { workspace } = slack
  const call = workspace.call.bind(workspace)
  workspace.call = (method, fields) => {
    const answer = call(method, fields)
    seen.calls += 1
    seen.most = Math.max(seen.most, liveIn(fields.channel ?? '').length)
    onCall()
    return answer
  }
}

const liveIn = (channel: string) =>
  slack.workspace.messages.filter(
    (one) => one.channel === channel && buttonsOf(one.blocks).some(({ value }) => value !== undefined),
  )

function drawing(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const TROUBLES: Trouble[] = [
  { kind: 'before', status: 503 },
  { kind: 'before', status: 200, body: '{"ok":false,"error":"internal_error"}' },
  { kind: 'after', status: 500 },
  { kind: 'after', status: 200, body: '<html>' },
  { kind: 'lost' },
  { kind: 'lost' },
  { kind: 'limit', seconds: 1 },
]

/** A project with a fix that is asked about, in a channel of its own. */
async function asked(run: number) {
  const channel = `C0RUN${String(run).padStart(4, '0')}`
  const fix = run.toString(16).padStart(12, '0')
  const tree = run.toString(16).padStart(40, '0')
  const settings = { repository: '/r', app: 'a', notify: { slackChannel: channel, handOver: OFF, weekly: OFF } }
  const { id: project } = await registerProject(db.sql, { slug: `run-${run}`, name: `Run ${run}`, settings })
  slack.workspace.channels.add(channel)
  await db.sql`delete from work`
  const [issue] = await db.sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${project}, 'f', 't', 'P2', 'w', now(), now()) returning id`
  await db.admin`
    insert into nightshift.fixes (id, project, issue, attempt, base, state, tree, patch, proof, proven_at)
    values (${fix}, ${project}, ${issue!.id}, 1, ${'b'.repeat(40)}, 'proven', ${tree}, ${fix}, '{}', now())`
  const ask = (version: number) =>
    insertNotice(db.sql, project, {
      ...{ kind: 'approval-wanted', issue: issue!.id, severity: 'P2', fix, tree, target: 'staging' },
      ...{ policyVersion: version, key: `ask:${version}`, title: 'It waits', body: 'Ready.', link: '/' },
    })
  return { channel, project, fix, ask }
}
const OFF = { on: false }
/** `LOOK_MS` of passOn: nothing is left but to see whether what is asked is still asked. */
const LOOKS_MS = 5000

/** One life of whoever passes notices on; then its lease runs out, and so do its calls. */
async function live(project: number, worker: Mortal): Promise<'killed' | 'done' | 'looks' | 'more'> {
  const lease = await claimWork(db.sql, 'releaser', 60)
  if (lease?.subject !== noticesSubject(project)) throw new Error(`there is nothing to pass on: ${lease?.subject}`)
  const { sql } = worker
  const notify = slackNotify(sql, { ...slack, pages: 'https://night.example' })
  const actor = {
    ...{ sql, clock: { now: () => new Date() }, ring: () => undefined, halted: false, notify: inboxNotify(sql) },
    channels: [{ name: 'slack', notify }],
  } as unknown as Actor
  const step = passOn(actor, lease).then(async (next) => {
    await finishWork(db.sql, lease, next)
    if (next === 'done') return next
    return next.inMs >= LOOKS_MS ? 'looks' : 'more'
  })
  const failed = (error: unknown) => {
    if ((error as { code?: string }).code === 'LEASE_LOST') return 'more' as const
    throw error
  }
  const ended = await Promise.race([step.catch(failed), worker.died])
  await db.admin`update nightshift.work set lease_until = null, due_at = now() - interval '1 s' where project = ${project}`
  await db.admin`update nightshift.effects set deadline = now() - interval '1 s' where project = ${project} and state = 'sending'`
  await db.admin`update nightshift.deliveries set due_at = now() - interval '1 s' where project = ${project} and state = 'waiting'`
  return ended
}

/** Lives that are cut short while Slack fails, and then some that are not, until there is nothing left to do. */
async function through(project: number, draw: (n: number) => number): Promise<void> {
  await wakeNotices(db.sql, project)
  for (let life = 0; life < LIVES; life++) {
    for (let n = draw(3); n > 0; n--) {
      const what = TROUBLES[draw(TROUBLES.length)]!
      if (what.kind === 'lost' || what.kind === 'after') seen.lost += 1
      slack.faults.push({ on: [/chat\.postMessage/, /chat\.update/, /conversations/, /./][draw(4)]!, times: 1, what })
    }
    const worker = mortal(db.sql, draw(3) === 0 ? Number.POSITIVE_INFINITY : 1 + draw(STATEMENTS))
    // Or right after something was done in Slack, before its answer is heard.
    let calls = 1 + draw(4)
    onCall = () => {
      if (--calls === 0) worker.die()
    }
    const ended = await live(project, worker)
    if (ended === 'killed') {
      seen.kills += 1
      if (calls <= 0) seen.bySlack += 1
      else seen.points.add(worker.asked())
    }
    await wakeNotices(db.sql, project)
  }
  onCall = () => undefined
  slack.faults.length = 0
  // Nobody wakes it from here on: what it does not come back to by itself is left undone.
  for (let n = 0, looks = 0; n < 30; n++) {
    const ended = await live(project, mortal(db.sql as Sql, Number.POSITIVE_INFINITY))
    looks = ended === 'looks' ? looks + 1 : 0
    if (ended === 'done' || looks === 3) return
  }
  throw new Error(`it has always something to tell: ${JSON.stringify(await db.sql`select * from deliveries`)}`)
}

/** Killed anywhere, and answers lost: each question arrives, and one at a time can be answered. */
export async function killedRuns(first: number, runs: number) {
  await open()
  try {
    for (let run = first; run < first + runs; run++) await killedRun(run)
    return { ...seen, points: seen.points.size, messages: slack.workspace.messages.length }
  } finally {
    await slack.close()
    await db.drop()
  }
}

async function killedRun(run: number): Promise<void> {
  seen.runs += 1
  const draw = drawing(run)
  const { channel, project, fix, ask } = await asked(run)
  await ask(1)
  await through(project, draw)
  expect(liveIn(channel).map(keyOf)).toEqual(['ask:1'])
  // Asked anew under another policy: the first one is closed, by whoever comes to it.
  await db.admin`update nightshift.projects set policy_version = 2 where id = ${project}`
  await ask(2)
  await through(project, draw)
  expect(liveIn(channel).map(keyOf)).toEqual(['ask:2'])
  await db.admin`update nightshift.fixes set withdrawn = true, withdrawn_why = 'Ada rejected it' where id = ${fix}`
  await through(project, draw)
  expect(liveIn(channel)).toEqual([])
  // At least once each, and no other.
  const arrived = slack.workspace.messages.filter((one) => one.channel === channel).map(keyOf)
  expect(new Set(arrived)).toEqual(new Set(['ask:1', 'ask:2']))
  await db.sql`delete from work`
}

const keyOf = ({ metadata }: { metadata: { event_payload: Record<string, unknown> } | null }) =>
  String(metadata?.event_payload.key)
