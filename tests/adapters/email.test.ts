import type { Sql } from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type EmulatedSendGrid, emulateSendGrid } from '../../emulators/sendgrid.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { mailOf } from '../../lib/adapters/email/mail.ts'
import { emailNotify } from '../../lib/adapters/notify.email.ts'
import type { Notice } from '../../lib/domain/notice.ts'
import { insertNotice } from '../../lib/store/notices.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import type { Notify } from '../../lib/world.ts'
import { someNotice } from '../contracts/notify.contract.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

let db: FreshDatabase
let sql: Sql
let far: EmulatedSendGrid
let notify: Notify
const TO = ['ada@night.example', 'bob@night.example']
beforeAll(async () => {
  db = await freshDatabase()
  sql = db.sql
  far = await emulateSendGrid()
  const options = { key: far.key, from: 'night@night.example', to: TO, url: far.url, pages: 'https://night.example' }
  notify = emailNotify(sql, options)
  const settings = { repository: '/srv/shop.git', app: 'shop' }
  await registerProject(sql, { slug: 'shop', name: 'Shop', level: 1, settings })
  const own = { ...settings, notify: { emailTo: ['cy@night.example'] } }
  await registerProject(sql, { slug: 'own', name: 'Own', level: 1, settings: own })
})
beforeEach(() => {
  far.mails.length = 0
})
afterAll(async () => {
  await far.close()
  await db.drop()
})

const issue = async () =>
  (
    await sql<{ id: number }[]>`
      insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
      values (1, md5(random()::text), 't', 'P1', 'w', now(), now()) returning id`
  )[0]!.id
const ask = async (words: Partial<Notice> = {}): Promise<Notice> =>
  someNotice({
    ...{ kind: 'approval-wanted', issue: await issue(), severity: 'P1', fix: '0123456789ab', tree: 'a'.repeat(40) },
    ...{ target: 'staging', policyVersion: 1, link: '/dashboard/agent-control/issues/7', ...words },
  } as Partial<Notice>)
const send = async (notice: Notice, slug = 'shop') => {
  const project = (await projectBySlug(sql, slug))!
  await insertNotice(sql, project.id, notice)
  return notify.send(project, notice)
}

test('plain text first, one mail a person, no clicks counted, and its key with it', async () => {
  const notice = await ask({ title: 'Issue 7 waits', body: 'Ready for staging.' })
  await send(notice)
  expect(far.mails.map(({ to }) => to)).toEqual(TO)
  const [mail] = far.mails
  expect(mail).toMatchObject({ from: 'night@night.example', subject: '[Shop] Issue 7 waits', clickTracking: false })
  expect(mail?.content.map(({ type }) => type)).toEqual(['text/plain', 'text/html'])
  expect(mail?.customArgs).toEqual({ nightshift_project: '1', nightshift_key: notice.key })
  expect(mail?.headers.References).toMatch(/^<issue-\d+\.shop@night\.example>$/)
})

test('an approval leads to its page, which decides nothing by being read', async () => {
  await send(await ask())
  for (const { value } of far.mails[0]!.content) {
    const links = value.match(/https?:\/\/[^\s"<]+/g)
    expect([...new Set(links)]).toEqual(['https://night.example/dashboard/agent-control/issues/7'])
  }
})

test('a project’s own people are told of it, and nobody else', async () => {
  await send(someNotice(), 'own')
  expect(far.mails.map(({ to }) => to)).toEqual(['cy@night.example'])
})

test('what was answered needs no mail, and counts as told', async () => {
  const asked = await ask()
  const answered = someNotice({ kind: 'answered', issue: 1, of: asked.key } as Partial<Notice>)
  await send(answered)
  expect(far.mails).toEqual([])
  expect(await notify.arrived((await projectBySlug(sql, 'shop'))!, answered.key)).toBe(true)
})

test.each([400, 401, 403, 413])('a %i is a no: nothing was sent, and no key is told', async (status) => {
  far.faults.push({ on: /./, times: 1, what: { kind: 'before', status, body: '{"errors":[{"message":"no"}]}' } })
  expect(await send(someNotice())).toEqual({ refused: `SendGrid: ${status}` })
  expect(far.mails).toEqual([])
})

test('hostile words stay words, in the subject too', () => {
  const hostile = '<script>alert("1")</script>\r\nBcc: eve@evil.example\u202E & \'more\''
  const { subject, text, html } = mailOf(
    someNotice({ title: hostile, body: hostile }),
    hostile,
    'https://night.example',
  )
  expect(subject).not.toMatch(/[\r\n\u202e]/)
  expect(html).not.toMatch(/<script|\u202e/)
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;')
  expect(text).toContain('<script>')
})

test('a hand-over is a list a part, and what is about an issue leads to its page', () => {
  const lines = [
    { text: 'Issue 7 (P2): approve or reject <b>its</b> fix', issue: 7 },
    { text: 'Besides: 1 on the way.', issue: null },
  ]
  const { subject, text, html } = mailOf(
    {
      ...{ kind: 'hand-over', period: '2026-11-30', key: 'hand-over:2026-11-30', title: 'Hand-over: 1 waiting.' },
      ...{
        parts: [{ title: 'Waiting <for> you', lines }],
        body: 'Waiting\n- Issue 7',
        link: '/dashboard/agent-control/report',
      },
    },
    'Shop',
    'https://night.example',
  )
  expect(subject).toBe('[Shop] Hand-over: 1 waiting.')
  expect(text).toContain('Waiting\n- Issue 7\n\nOpen it: https://night.example/dashboard/agent-control/report')
  expect(html).toContain('<h2 style="font-size:15px">Waiting &lt;for&gt; you</h2>')
  expect(html).toContain('<li>Besides: 1 on the way.</li>')
  expect(html.match(/href="[^"]*"/g)).toEqual([
    'href="https://night.example/dashboard/agent-control/issues/7"',
    'href="https://night.example/dashboard/agent-control/report"',
  ])
  expect(html).not.toContain('<b>')
})
