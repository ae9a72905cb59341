import { afterAll, beforeEach, expect, test } from 'vitest'
import { press } from '../../emulators/slackPeople.ts'
import { slackNotify } from '../../lib/adapters/notify.slack.ts'
import { insertNotice, noticesOf } from '../../lib/store/notices.ts'
import { FIX } from '../agents/release.ts'
import { MEMBERS, type Office, openOffice } from './office.ts'

let office: Office
const opened: Office[] = []
beforeEach(async () => {
  office = await openOffice()
  opened.push(office)
})
afterAll(() => Promise.all(opened.map((one) => one.close())))

const keys = () => office.slack.workspace.messages.map(({ metadata }) => metadata?.event_payload.key)
const approve = async () => {
  const [ask] = office.live()
  await office.send('interactive', press(office.slack, MEMBERS.operator, ask!.ts, 'approve'))
  await office.flush()
}
/** Production sees that much traffic of a commit. */
const traffic = (sha: string, requests: number, failed: number) => office.db.sql`
  insert into traffic (project, environment, sha, route, minute, requests, failed, latency)
  values (${office.s.project}, 'production', ${sha}, 'POST /launch', date_trunc('minute', now()), ${requests}, ${failed}, '{}')`

test('a whole release is one thread: asked, asked further, in production, and how it ended', async () => {
  await office.work()
  expect(keys()).toEqual(['issue:1:asks:staging:1:1'])
  await approve()
  await office.s.until('promoting')
  await office.work()
  expect(office.live().map(({ metadata }) => metadata?.event_payload.key)).toEqual(['issue:1:asks:production:1:1'])
  await traffic(office.s.base, 1000, 100)
  await approve()
  const { id, facts } = await office.s.until('watching')
  await traffic(facts.mainSha!, 400, 200)
  await office.s.until('rolled-back')
  await office.work()
  expect(keys()).toEqual([
    ...['issue:1:asks:staging:1:1', 'issue:1:asks:production:1:1'],
    ...[`release:${id}:deployed`, `release:${id}:rolled-back`],
  ])
  const [root, ...replies] = office.slack.workspace.messages
  expect(root).toMatchObject({ thread: null, edited: 1 })
  expect(replies.map(({ thread }) => thread)).toEqual(replies.map(() => root!.ts))
  // Whoever does not follow the thread sees what needs them, and what went wrong.
  expect(replies.map(({ broadcast }) => broadcast)).toEqual([true, false, true])
  // The inbox has all of it, and what was answered as well.
  expect((await noticesOf(office.db.sql, office.s.project)).map(({ kind }) => kind).toSorted()).toEqual([
    'answered',
    'answered',
    'approval-wanted',
    'approval-wanted',
    'deployed',
    'rolled-back',
  ])
})

test('under a new policy it is asked anew, and only the new message can be answered', async () => {
  await office.work()
  const [first] = office.live()
  const policy = { ...(await office.project()).policy, probes: 61 }
  const about = { project: 'shop', policy, capPerDay: 10, policyVersion: 1 }
  const { PASSWORD } = await import('../actions/desk.ts')
  await office.desk.decide(office.desk.people.owner, 'policy', about, { password: PASSWORD })
  // Told before the old one was seen to be moot: Slack's side is closed first all the same.
  for (let n = 0; n < 6; n++) await office.s.step()
  await office.flush()
  const live = office.live()
  expect(live.map(({ metadata }) => metadata?.event_payload.key)).toEqual(['issue:1:asks:staging:1:2'])
  expect(live[0]?.thread).toBe(first!.ts)
  expect(office.slack.workspace.find(first!.ts)?.text).toMatch(/policy changed/)
})

test('an approval that ran out is asked for again', async () => {
  await office.work()
  await approve()
  await office.db.admin`update nightshift.approvals set expires_at = now() - interval '1 s'`
  await office.work()
  expect(office.live()).toHaveLength(1)
  expect(keys().at(-1)).toBe('issue:1:asks:staging:1:1:again:1')
  await approve()
  expect((await office.s.until('soaking')).fix).toBe(FIX)
})

test('what was answered before Slack was there again is not asked any more', async () => {
  office.slack.faults.push({ on: /chat\.postMessage/, times: 1, what: { kind: 'limit', seconds: 30 } })
  for (let n = 0; n < 6; n++) await office.s.step()
  await office.s.stepOf(`notices:${office.s.project}`)
  const project = await office.project()
  const [tree] = await office.db.sql<{ tree: string }[]>`select tree from fixes`
  const about = { fix: FIX, tree: tree!.tree, target: 'staging', policyVersion: project.policyVersion }
  await office.desk.decide(office.desk.people.operator, 'approve', about)
  await office.flush()
  expect(keys()).toEqual([])
  expect(await office.db.sql`select state from deliveries where key like '%asks%1'`).toEqual([{ state: 'skipped' }])
})

test('unless it may have arrived: then it is found, and closed', async () => {
  office.slack.faults.push({ on: /chat\.postMessage/, times: 1, what: { kind: 'after', status: 500 } })
  for (let n = 0; n < 6; n++) await office.s.step()
  await office.s.stepOf(`notices:${office.s.project}`)
  expect(office.live()).toHaveLength(1)
  await office.db.admin`update nightshift.fixes set withdrawn = true, withdrawn_why = 'test'`
  await office.flush()
  expect(office.slack.workspace.messages).toHaveLength(1)
  expect(office.live()).toEqual([])
})

test('what another app wrote in our words is none of ours', async () => {
  office.slack.faults.push({ on: /chat\.postMessage/, times: 1, what: { kind: 'before', status: 503 } })
  for (let n = 0; n < 6; n++) await office.s.step()
  await office.s.stepOf(`notices:${office.s.project}`)
  const payload = { project: office.s.project, key: 'issue:1:asks:staging:1:1', live: true }
  const theirs = { event_type: 'somebody_elses', event_payload: payload }
  const still = { thread: null, broadcast: false, text: 't', blocks: [], edited: 0, unfurls: false }
  const ts = `${Math.floor(Date.now() / 1000)}.999999`
  office.slack.workspace.messages.push({ ts, channel: office.slack.channel, metadata: theirs, ...still })
  await office.flush()
  expect(office.live()).toHaveLength(1)
})

test('one that arrived twice can be answered once', async () => {
  office.slack.faults.push({ on: /chat\.postMessage/, times: 1, what: { kind: 'lost' } })
  for (let n = 0; n < 6; n++) await office.s.step()
  await office.s.stepOf(`notices:${office.s.project}`)
  const { messages } = office.slack.workspace
  messages.push({ ...messages[0]!, ts: `${messages[0]!.ts}9`, edited: 0 })
  expect(office.live()).toHaveLength(2)
  await office.flush()
  expect(office.live().map(({ ts }) => ts)).toEqual([messages[0]!.ts])
})

test('somebody deletes the message a thread stands under: what follows stands alone', async () => {
  await office.work()
  office.slack.workspace.remove(office.live()[0]!.ts)
  const about = { fix: FIX, why: 'no' }
  await office.desk.decide(office.desk.people.operator, 'reject', about)
  await office.s.until('rolled-back')
  await office.work()
  expect(office.slack.workspace.messages.map(({ thread }) => thread)).toEqual([null])
})

test('Slack refuses for good: the inbox has it, no release waits, and it is tried again later and later', async () => {
  office.slack.workspace.channels.clear()
  for (let n = 0; n < 6; n++) await office.s.step()
  for (let n = 0; n < 4; n++) {
    await office.db.admin`update nightshift.deliveries set due_at = now()`
    await office.s.stepOf(`notices:${office.s.project}`)
  }
  const [delivery] = await office.db.sql<{ state: string; tries: number; why: string; inMs: number }[]>`
    select state, tries, why, extract(epoch from due_at - now()) * 1000 as in_ms from deliveries`
  expect(delivery).toMatchObject({ state: 'waiting', tries: 4, why: 'Slack: channel_not_found' })
  expect(Number(delivery!.inMs)).toBeGreaterThan(6000)
  const [tree] = await office.db.sql<{ tree: string }[]>`select tree from fixes`
  const yes = { fix: FIX, tree: tree!.tree, target: 'staging', policyVersion: 1 }
  await office.desk.decide(office.desk.people.operator, 'approve', yes)
  expect((await office.s.until('soaking')).state).toBe('soaking')
})

test('whatever order they are sent in, a fix is asked for at one message', async () => {
  await office.work()
  const [first] = office.live()
  const project = await office.project()
  const { sql } = office.db
  const notify = slackNotify(sql, { ...office.slack, pages: 'https://night.example' })
  const [ask] = await noticesOf(sql, project.id)
  await insertNotice(sql, project.id, { ...ask!, key: 'asked-anew' })
  // The one before is closed first, or the new one is not posted.
  office.slack.faults.push({ on: /chat\.update/, times: 1, what: { kind: 'before', status: 503 } })
  await expect(notify.send(project, { ...ask!, key: 'asked-anew' })).rejects.toThrow()
  expect(office.live().map(({ ts }) => ts)).toEqual([first!.ts])
  await notify.send(project, { ...ask!, key: 'asked-anew' })
  expect(office.live().map(({ metadata }) => metadata?.event_payload.key)).toEqual(['asked-anew'])
})
