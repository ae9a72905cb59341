import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { buttonsOf, linksOf } from '../../emulators/slackBlocks.ts'
import { press, pressOf, submit } from '../../emulators/slackPeople.ts'
import type { SlackMessage } from '../../emulators/slackWorkspace.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { auditOf } from '../../lib/store/audit.ts'
import { fix as fixById } from '../../lib/store/fixes.ts'
import { FIX } from '../agents/release.ts'
import { MEMBERS, type Office, openOffice } from './office.ts'

let office: Office
const opened: Office[] = []
beforeEach(async () => {
  office = await openOffice()
  opened.push(office)
  await office.work()
})
afterAll(() => Promise.all(opened.map((one) => one.close())))

const asked = (): SlackMessage => {
  const live = office.live()
  expect(live).toHaveLength(1)
  return live[0]!
}
const pressed = (who: keyof typeof MEMBERS, action: string, ts = asked().ts) =>
  office.send('interactive', press(office.slack, MEMBERS[who], ts, action))
const approvals = () => approvalsOf(office.db.sql, FIX)

test('an approval is asked for with what it is bound to, and leads nowhere but to its page', async () => {
  const { blocks, metadata, unfurls } = asked()
  const value = { fix: FIX, tree: expect.stringMatching(/^[0-9a-f]{40}$/), target: 'staging', policyVersion: 1 }
  expect(JSON.parse(buttonsOf(blocks)[0]!.value!)).toEqual(value)
  expect(linksOf(blocks)).toEqual(['https://night.example/dashboard/agent-control/issues/1'])
  expect(metadata?.event_payload).toMatchObject({ live: true, project: office.s.project })
  expect(unfurls).toBe(false)
})

test('an operator approves: as on the page, in time, and the message says so in its place', async () => {
  const { ts } = asked()
  const answer = await pressed('operator', 'approve')
  expect(answer).toMatchObject({ status: 200, text: '' })
  expect(answer.ms).toBeLessThan(3000)
  expect(await approvals()).toMatchObject([{ target: 'staging', by: 'Ada the operator', revokedAt: null }])
  const [row] = (await auditOf(office.db.sql, office.s.project, 50)).filter(({ what }) => what === 'control.approved')
  expect(row?.body).toMatchObject({ via: 'slack', person: office.desk.people.operator.person, fix: FIX })
  expect(office.answers()).toEqual([expect.stringContaining('Approved.')])
  await office.flush()
  expect(office.live()).toEqual([])
  expect(office.slack.workspace.find(ts)).toMatchObject({
    edited: 1,
    text: expect.stringContaining('Approved by Ada the operator'),
  })
  const { state } = await office.s.until('soaking')
  expect(state).toBe('soaking')
})

test('pressed twice, and by two people at once, it is approved once', async () => {
  const { ts } = asked()
  const twice = ['operator', 'operator', 'owner'].map((who) =>
    press(office.slack, MEMBERS[who as 'owner'], ts, 'approve'),
  )
  await Promise.all(twice.map((request) => office.send('interactive', request)))
  expect(await approvals()).toHaveLength(1)
  expect(office.answers().toSorted()).toEqual([
    expect.stringContaining('Approved.'),
    expect.stringContaining('approved already'),
    expect.stringContaining('approved already'),
  ])
})

test('the same press again, as it was recorded, decides nothing again', async () => {
  const request = press(office.slack, MEMBERS.operator, asked().ts, 'approve')
  await office.send('interactive', request)
  await office.db.admin`update nightshift.approvals set revoked_at = now(), revoked_why = 'test'`
  expect(await office.send('interactive', request)).toMatchObject({ status: 200 })
  expect((await approvals()).filter(({ revokedAt }) => revokedAt === null)).toEqual([])
  expect(office.answers()[1]).toBe(office.answers()[0])
})

test.each<['viewer' | 'stranger', string]>([
  ['viewer', 'viewer may not approve'],
  ['stranger', 'nightshift link U0STRANGER'],
])('a %s decides nothing and is told why, alone', async (who, why) => {
  await pressed(who, 'approve')
  expect(office.answers()).toEqual([expect.stringContaining(why)])
  expect(office.slack.replies[0]?.body).toMatchObject({ response_type: 'ephemeral', replace_original: false })
  await pressed(who, 'reject')
  expect(office.slack.workspace.views).toEqual([])
  expect(await approvals()).toEqual([])
  expect(await fixById(office.db.sql, FIX)).toMatchObject({ withdrawn: false })
  expect(office.live()).toHaveLength(1)
})

test('a role that was taken away counts at once', async () => {
  await office.db.admin`update nightshift.people set role = 'viewer' where role = 'operator'`
  await pressed('operator', 'approve')
  expect(office.answers()).toEqual([expect.stringContaining('may not approve')])
})

test('of a fix that is another tree meanwhile the old yes is refused, and its message answers no more', async () => {
  const request = press(office.slack, MEMBERS.operator, asked().ts, 'approve')
  await office.db.admin`update nightshift.fixes set tree = ${'9'.repeat(40)} where id = ${FIX}`
  await office.send('interactive', request)
  expect(office.answers()).toEqual([expect.stringContaining('not the tree that was proven')])
  expect(await approvals()).toEqual([])
  await office.s.stepOf(`notices:${office.s.project}`)
  await office.flush()
  expect(office.live()).toEqual([])
})

test('under a new policy the old yes is refused', async () => {
  const request = press(office.slack, MEMBERS.owner, asked().ts, 'approve')
  await office.db.admin`update nightshift.projects set policy_version = 2`
  await office.send('interactive', request)
  expect(office.answers()).toEqual([expect.stringContaining('the policy changed')])
})

test('reject asks why, and the reason is the one that was typed', async () => {
  await pressed('operator', 'reject')
  expect(office.slack.workspace.views).toHaveLength(1)
  const answer = await office.send('interactive', submit(office.slack, MEMBERS.operator, 'It hides the fault.'))
  expect(answer).toMatchObject({ status: 200, text: '' })
  expect(await fixById(office.db.sql, FIX)).toMatchObject({
    withdrawn: true,
    withdrawnWhy: expect.stringContaining('It hides the fault.'),
  })
  expect(office.answers()).toEqual([expect.stringContaining('Rejected.')])
  await office.flush()
  expect(office.live()).toEqual([])
})

test('a form that is not ours decides nothing, whatever is in it', async () => {
  await pressed('operator', 'reject')
  const { view } = office.slack.workspace.views.at(-1)!
  for (const more of [
    { callback_id: 'approve' },
    { private_metadata: JSON.stringify({ fix: FIX, to: 'x', all: true }) },
  ]) {
    office.slack.workspace.views.push({ trigger: 't', view: { ...view, ...more } })
    await office.send('interactive', submit(office.slack, MEMBERS.operator, 'no'))
  }
  expect(await fixById(office.db.sql, FIX)).toMatchObject({ withdrawn: false })
  expect(office.answers()).toEqual([])
})

test('a form is worth no more than who sends it', async () => {
  await pressed('operator', 'reject')
  await office.send('interactive', submit(office.slack, MEMBERS.viewer, 'no'))
  await office.send('interactive', submit(office.slack, MEMBERS.operator, '   '))
  expect(office.answers()).toEqual([expect.stringContaining('may not reject'), expect.stringContaining('why')])
  expect(await fixById(office.db.sql, FIX)).toMatchObject({ withdrawn: false })
})

test('open is a link: pressing it decides nothing and is answered', async () => {
  expect(await pressed('stranger', 'open')).toMatchObject({ status: 200 })
  expect(office.answers()).toEqual([])
})

test.each([
  ['a value of its own', JSON.stringify({ fix: FIX, tree: 'x', target: 'production', policyVersion: 1, level: 3 })],
  ['no JSON', 'approve everything'],
  ['nothing', undefined],
])('a button with %s is none of ours', async (_, value) => {
  const { ts, channel } = asked()
  const request = pressOf(office.slack, MEMBERS.owner, { ts, channel, action: 'approve', ...(value && { value }) })
  expect(await office.send('interactive', request)).toMatchObject({ status: 200 })
  expect(await approvals()).toEqual([])
  expect(office.answers()).toEqual([])
})

test('Slack being down while it answers takes nothing back', async () => {
  office.slack.faults.push({ on: /response_url/, times: 1, what: { kind: 'before', status: 503 } })
  office.slack.faults.push({ on: /chat\.update/, times: 2, what: { kind: 'after', status: 500 } })
  expect(await pressed('operator', 'approve')).toMatchObject({ status: 200 })
  expect(await approvals()).toHaveLength(1)
  await office.flush()
  expect(office.live()).toEqual([])
})

test('a form that cannot be opened is said to whoever asked for it', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const request = press(office.slack, MEMBERS.operator, asked().ts, 'reject')
  office.slack.workspace.triggers.clear()
  expect(await office.send('interactive', request)).toMatchObject({ status: 200 })
  expect(office.answers()).toEqual([expect.stringContaining('could not be done')])
  expect(await fixById(office.db.sql, FIX)).toMatchObject({ withdrawn: false })
  vi.restoreAllMocks()
})
