import { afterAll, beforeAll, expect, test } from 'vitest'
import { command } from '../../emulators/slackPeople.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { FIX } from '../agents/release.ts'
import { MEMBERS, type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
  await office.work()
})
afterAll(() => office.close())

const typed = async (who: keyof typeof MEMBERS, text: string) => {
  const answer = await office.send('command', command(office.slack, MEMBERS[who], text))
  expect(answer.status).toBe(200)
  expect(answer.ms).toBeLessThan(3000)
  const said = JSON.parse(answer.text)
  expect(said).toMatchObject({ response_type: 'ephemeral' })
  return String(said.text)
}
const paused = async () => (await office.project()).pausedAt !== null

test('whoever is not linked is told how, and nothing else', async () => {
  const said = await typed('stranger', 'status')
  expect(said).toContain('nightshift link U0STRANGER')
  expect(said).not.toContain('Shop')
})

test('status: how it stands, and what waits', async () => {
  const said = await typed('viewer', 'status')
  expect(said).toContain('Shop: at work. Level 1, 1 open, 1 waiting for you')
  expect(said).toContain('Issue 1 (P2): Ready for staging.')
  expect(await typed('viewer', 'status elsewhere')).toBe('There is no project elsewhere.')
})

test('pause by whoever may; a viewer may not', async () => {
  expect(await typed('viewer', 'pause')).toContain('viewer may not pause')
  expect(await paused()).toBe(false)
  expect(await typed('operator', 'pause looks <!channel> bad & worse')).toContain('Shop: Paused.')
  expect(await office.project()).toMatchObject({
    pausedBy: 'Ada the operator',
    pausedWhy: 'looks <!channel> bad & worse',
  })
  expect(await typed('operator', 'pause')).toContain('paused already')
  expect(await typed('viewer', 'status')).toContain(
    'paused by Ada the operator: looks &lt;!channel&gt; bad &amp; worse',
  )
})

test('that it was paused is told, as text', async () => {
  await office.flush()
  const { text, thread } = office.slack.workspace.messages.at(-1)!
  expect(text).toContain('Shop is paused. By Ada the operator: looks &lt;!channel&gt; bad &amp; worse')
  expect(thread).toBeNull()
})

test('resume takes the password, which is not typed in a chat', async () => {
  expect(await typed('owner', 'resume')).toContain('control room')
  expect(await typed('owner', 'resume my-secret-password')).toContain('control room')
  expect(await paused()).toBe(true)
})

test('anything else is answered with what there is', async () => {
  for (const text of ['', 'help', 'level 3']) expect(await typed('owner', text)).toContain('/nightshift status')
})

test('approve names a fix, and is bound to what was asked; nothing else can be approved that way', async () => {
  await office.db.admin`update nightshift.projects set paused_at = null, paused_by = null, paused_why = null`
  const approvals = () => office.db.sql`select tree, target, policy_version from approvals`
  expect(await typed('owner', 'approve')).toContain('Which fix?')
  expect(await typed('owner', `approve ${FIX}; drop`)).toContain('Which fix?')
  expect(await typed('owner', 'approve ffffffffffff')).toBe('Nothing is asked about fix ffffffffffff.')
  expect(await typed('viewer', `approve ${FIX}`)).toContain('viewer may not approve')
  expect(await typed('stranger', `approve ${FIX}`)).toContain('nightshift link')
  await office.db.admin`update nightshift.fixes set tree = ${'9'.repeat(40)} where id = ${FIX}`
  expect(await typed('operator', `approve ${FIX}`)).toContain('not the tree that was proven')
  const [shown] = await office.db.sql<
    { tree: string }[]
  >`select about->>'tree' as tree from notices where kind = 'approval-wanted'`
  await office.db.admin`update nightshift.fixes set tree = ${shown!.tree} where id = ${FIX}`
  expect(await approvals()).toEqual([])
  expect(await typed('operator', `approve ${FIX}`)).toContain('Approved.')
  expect(await approvals()).toEqual([{ tree: shown!.tree, target: 'staging', policyVersion: 1 }])
  await office.flush()
  expect(office.live()).toEqual([])
  expect(await typed('operator', `approve ${FIX}`)).toBe(`Nothing is asked about fix ${FIX}.`)
})

test('reject wants a reason, and a fix that is asked about', async () => {
  await office.db.admin`update nightshift.approvals set expires_at = now() - interval '1 s'`
  await office.work()
  expect(await typed('operator', `reject ${FIX}`)).toContain('Why?')
  expect(await typed('viewer', `reject ${FIX} no`)).toContain('viewer may not reject')
  expect(await typed('operator', `reject ${FIX} it hides <!channel> the fault`)).toContain('Rejected.')
  const [fix] = await office.db.sql`select withdrawn_why from fixes where id = ${FIX}`
  expect(fix?.withdrawnWhy).toContain('it hides <!channel> the fault')
})

test('while a call is under way pausing takes longer than Slack waits: the end is told when it is known', async () => {
  const { sql, admin } = office.db
  await admin`update nightshift.projects set paused_at = null, paused_by = null, paused_why = null`
  await admin`insert into nightshift.effects (project, key, subject, kind, class, target, aim, decision, deadline, audit_seq)
    values (${office.s.project}, 'k', 's', 'push', 'change', 'branch', '', '{}', now() + interval '1 h', 1)`
  const said = await typed('operator', 'pause now')
  expect(said).toContain('That takes a moment')
  expect(office.answers().at(-1)).toContain('not all read back yet')
  await admin`delete from nightshift.effects where key = 'k'`
  expect((await sql`select paused_at from projects`)[0]?.pausedAt).not.toBeNull()
})

test('of several projects one is named', async () => {
  const settings = { repository: '/srv/b.git', app: 'b' }
  const { id } = await registerProject(office.db.sql, { slug: 'bakery', name: 'Bakery', level: 1, settings })
  // Of a project they are no member of, nobody is told that it is there.
  expect(await typed('operator', 'status bakery')).toBe('There is no project bakery.')
  expect(await typed('viewer', 'status')).not.toContain('Bakery')
  await office.db
    .admin`insert into nightshift.members (project, person) select ${id}, id from nightshift.people where role <> 'owner'`
  expect(await typed('operator', 'pause everything')).toBe('Which project? shop, bakery')
  expect(await typed('operator', 'pause bakery at once')).toContain('Bakery: Paused.')
  expect(await typed('viewer', 'status')).toMatch(/Shop: paused[\s\S]*Bakery: paused by Ada the operator: at once/)
})
