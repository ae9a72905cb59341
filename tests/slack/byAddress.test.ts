import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { command, press } from '../../emulators/slackPeople.ts'
import { approvalsOf } from '../../lib/store/approvals.ts'
import { FIX } from '../agents/release.ts'
import { MEMBERS, type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await office.work()
})
beforeEach(async () => {
  office.slack.workspace.users.all.clear()
  await office.db.admin`update nightshift.people set slack_id = null`
})
afterAll(() => office.close())

const status = async (member: string) => {
  const { text } = await office.send('command', command(office.slack, member, 'status'))
  return String(JSON.parse(text).text)
}
const asked = () => office.slack.calls.filter(({ method }) => method === 'users.info').length
const address = (role: 'owner' | 'operator' | 'viewer', email: string | null) =>
  office.db.admin`update nightshift.people set email = ${email} where id = ${office.desk.people[role].person}`

test('where people have no addresses Slack is not asked for any', async () => {
  office.slack.workspace.users.put(MEMBERS.operator, 'ada@night.example')
  expect(await status(MEMBERS.operator)).toContain(`nightshift link ${MEMBERS.operator}`)
  expect(asked()).toBe(0)
})

test('somebody is who both sides say they are, with the role they have here', async () => {
  // As accounts bring it; where they have, it is there.
  await office.db.superuser`alter table nightshift.people add column if not exists email text`
  await address('operator', 'ada@night.example')
  await address('viewer', 'bob@night.example')
  office.slack.workspace.users.put(MEMBERS.operator, 'Ada@Night.example')
  office.slack.workspace.users.put(MEMBERS.viewer, 'bob@night.example')
  office.slack.workspace.users.put(MEMBERS.stranger, 'eve@night.example')
  expect(await status(MEMBERS.operator)).toContain('Shop: at work')
  expect(await status(MEMBERS.stranger)).toContain(`nightshift link ${MEMBERS.stranger}`)
  const [ask] = office.live()
  await office.send('interactive', press(office.slack, MEMBERS.viewer, ask!.ts, 'approve'))
  expect(office.answers().at(-1)).toContain('viewer may not approve')
  await office.send('interactive', press(office.slack, MEMBERS.operator, ask!.ts, 'approve'))
  expect(await approvalsOf(office.db.sql, FIX)).toMatchObject([{ by: 'Ada the operator' }])
})

test('an address that Slack has not confirmed is nobody’s', async () => {
  office.slack.workspace.users.put(MEMBERS.operator, 'ada@night.example', { confirmed: false })
  expect(await status(MEMBERS.operator)).toContain('nightshift link')
})

test('an address that two people have is nobody’s', async () => {
  // Where accounts keep addresses apart this cannot be; it is not relied on.
  await office.db.superuser`
    alter table nightshift.people drop constraint if exists people_email_key, drop constraint if exists people_email_check`
  office.slack.workspace.users.put(MEMBERS.operator, 'ada@night.example')
  await address('viewer', 'Ada@night.example')
  expect(await status(MEMBERS.operator)).toContain('nightshift link')
  await address('viewer', null)
  expect(await status(MEMBERS.operator)).toContain('Shop: at work')
})

test('a link goes first: nobody becomes somebody else by an address, and nobody is two members', async () => {
  const { operator, owner } = office.desk.people
  office.slack.workspace.users.put(MEMBERS.owner, 'ada@night.example')
  await office.db.admin`update nightshift.people set slack_id = ${MEMBERS.owner} where id = ${owner.person}`
  const before = asked()
  expect(await status(MEMBERS.owner)).toContain('Shop: at work')
  expect(asked()).toBe(before)
  await office.db.admin`update nightshift.people set slack_id = ${MEMBERS.operator} where id = ${operator.person}`
  office.slack.workspace.users.put(MEMBERS.stranger, 'ada@night.example')
  expect(await status(MEMBERS.stranger)).toContain(`nightshift link ${MEMBERS.stranger}`)
})
