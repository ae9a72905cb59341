import { afterAll, expect, test } from 'vitest'
import { noticesOf } from '../../lib/store/notices.ts'
import { openDesk } from '../actions/desk.ts'
import { HAND_OVER, type Morning, openMorning, QUIET } from './morning.ts'
import { FIX } from './release.ts'

const opened: Morning[] = []
afterAll(() => Promise.all(opened.map((one) => one.close())))
const night = async (notify: object = { quiet: QUIET() }): Promise<Morning> => {
  const morning = await openMorning(notify)
  opened.push(morning)
  return morning
}
/** A release gets as far as asking for an approval. */
const asking = async (m: Morning) => {
  for (let n = 0; n < 8; n++) await m.s.step()
  await m.passOn()
}
const ASK = 'issue:1:asks:staging:1:1'
const states = async (m: Morning, channel = 'slack') =>
  (
    await m.sql<
      { key: string; state: string }[]
    >`select key, state from deliveries where channel = ${channel} order by key`
  ).map(({ key, state }) => `${key} ${state}`)

test('an approval of a P2 waits for the morning, in the inbox at once, and comes once', async () => {
  const m = await night()
  await asking(m)
  expect((await noticesOf(m.sql, m.s.project)).map(({ key }) => key)).toEqual([ASK])
  expect(m.slack.sent).toEqual([])
  expect(await states(m)).toEqual([`${ASK} held`])
  const [held] = await m.sql<{ why: string }[]>`select why from deliveries limit 1`
  expect(held?.why).toMatch(/^It is quiet until \w{3} [\d-]+ \d\d:\d\d\.$/)
  m.later(1.9)
  await m.passOn()
  expect(m.slack.sent).toEqual([])
  m.later(0.2)
  await m.passOn()
  await m.passOn()
  expect([m.slack.sent, m.email.sent]).toEqual([[ASK], [ASK]])
  expect(await states(m)).toEqual([`${ASK} delivered`])
})

test('what was answered at night is not asked in the morning', async () => {
  const m = await night()
  await asking(m)
  const desk = await openDesk(m.sql, m.db.admin)
  await desk.decide(desk.people.operator, 'reject', { fix: FIX, why: 'no' })
  m.later(3)
  await m.passOn()
  expect(m.slack.sent).toEqual([`${ASK}:answered`])
  expect(await states(m)).toEqual([`${ASK} skipped`, `${ASK}:answered delivered`])
  desk.close()
})

test('what a person has to look at waits, unless somebody decided about it or it is over', async () => {
  const m = await night()
  const tell = (issue: number) => m.sql`
    insert into notices (project, key, title, body, link, kind, issue, about)
    values (${m.s.project}, ${`look:${issue}`}, 't', 'b', '/', 'escalated', ${issue},
      ${m.sql.json({ kind: 'escalated', issue, severity: 'P2' })})`
  const [still, decided, over] = [await m.found('P2'), await m.found('P2'), await m.found('P2')]
  await m.sql`delete from work where subject like 'issue:%'`
  for (const issue of [still, decided, over]) await tell(issue)
  await m.passOn()
  expect(m.slack.sent).toEqual([])
  await m.db
    .admin`select nightshift.audit_append(${m.s.project}, 'Ada', 'control.rollback', ${m.sql.json({ issue: decided })})`
  await m.sql`update issues set state = 'closed', closed_as = 'archived', closed_at = now() where id = ${over}`
  m.later(3)
  await m.passOn()
  expect(m.slack.sent).toEqual([`look:${still}`])
})

test('it becomes P0: it leaves at once, and is not held up by what was held before it', async () => {
  const m = await night()
  await m.found('P2')
  await asking(m)
  expect(m.slack.sent).toEqual([])
  await m.sql`update issues set severity = 'P0' where id = 1`
  await m.passOn()
  expect(m.slack.sent).toEqual([ASK])
  expect(await states(m)).toContain('issue:2:found held')
})

test('P0 and P1 are told at any hour; with P0 alone waking, P1 waits', async () => {
  const m = await night()
  const [grave, worse] = [await m.found('P1'), await m.found('P0')]
  await m.passOn()
  expect(m.slack.sent).toEqual([`issue:${grave}:found`, `issue:${worse}:found`])
  await m.settings({ quiet: { ...QUIET(), wakes: 'P0' } })
  const next = await m.found('P1')
  await m.passOn()
  expect(m.slack.sent).not.toContain(`issue:${next}:found`)
})

test('what the hand-over tells is told there, once', async () => {
  const m = await night({ quiet: QUIET(), handOver: HAND_OVER() })
  const issue = await m.found('P3')
  await m.passOn()
  m.later(2.5)
  await m.passOn()
  expect(m.slack.sent).toEqual([])
  m.later(0.6)
  await m.passOn()
  const sent = m.slack.sent.filter((key) => key.startsWith('hand-over'))
  expect(sent).toHaveLength(1)
  expect(m.slack.sent).not.toContain(`issue:${issue}:found`)
  expect(await states(m)).toContain(`issue:${issue}:found skipped`)
  const [newest] = await m.sql<{ body: string }[]>`select body from notices where key = ${sent[0]!}`
  expect(newest?.body).toContain('on the way')
  m.later(2)
  await m.passOn()
  expect(m.slack.sent).not.toContain(`issue:${issue}:found`)
})

test('one that no hand-over told leaves by itself', async () => {
  const m = await night({ quiet: QUIET(), handOver: HAND_OVER() })
  const issue = await m.found('P3')
  await m.passOn()
  await m.settings({ handOver: { on: false } })
  m.later(2.1)
  await m.passOn()
  expect(m.slack.sent).toContain(`issue:${issue}:found`)
})

test('a quiet weekend is longer than a day, and what it held is no history on Monday', async () => {
  const m = await night()
  await asking(m)
  await m.db.admin`update nightshift.notices set at = at - interval '60 h'`
  await m.settings({ quiet: null })
  await m.passOn()
  expect(m.slack.sent).toEqual([ASK])
})

test('what may have arrived is followed up at night as well', async () => {
  const m = await night({})
  const how = m.slack.notify.send
  m.slack.notify.send = async (project, notice) => {
    m.slack.notify.send = how
    await how(project, notice)
    throw new (await import('../../lib/errors.ts')).Fault('CHANNEL_UNREACHABLE', 'no answer')
  }
  await asking(m)
  await m.settings({ quiet: QUIET() })
  await m.db.admin`update nightshift.deliveries set due_at = now() - interval '1 s'`
  await m.db.admin`update nightshift.effects set deadline = now() - interval '1 s' where state = 'sending'`
  await m.passOn()
  expect(m.slack.sent).toEqual([ASK])
  expect(await states(m)).toEqual([`${ASK} delivered`])
})

test('each kind goes where its route says, and everywhere where it says nothing', async () => {
  const m = await night({ routes: { 'issue-found': ['email'], 'approval-wanted': ['slack'] } })
  const issue = await m.found('P2')
  await asking(m)
  expect([m.slack.sent, m.email.sent]).toEqual([[ASK], [`issue:${issue}:found`]])
  expect(await states(m)).toEqual([`${ASK} delivered`, `issue:${issue}:found skipped`])
})
