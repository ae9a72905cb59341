import { expect, test } from 'vitest'
import { AccountForm } from '@/components/accountForms.tsx'
import { NoProjectOfYours } from '@/components/emptyBoard.tsx'
import { type Invited, type Listed, People, You } from '@/components/people.tsx'
import { html as markup } from './markup.tsx'

const HOSTILE = '<script>alert(1)</script>\u202e'
const projects = [
  { slug: 'shop', name: 'Shop' },
  { slug: 'blog', name: HOSTILE },
]
const person = (more: Partial<Listed>): Listed => ({
  id: 1,
  name: 'ada@example.com',
  role: 'owner',
  projects: [],
  ...more,
})
const invited = (more: Partial<Invited>): Invited => ({
  ...{ id: 1, email: 'bob@example.com', role: 'viewer', projects: ['shop'], by: 'ada@example.com' },
  ...{ expiresAt: new Date('2026-11-29T12:00:00Z'), expired: false, ...more },
})
const list = (people: Listed[], invitations: Invited[] = [], accounts = true) =>
  markup(<People {...{ people, invitations, projects, accounts }} zone="UTC" me={1} />)

test('everybody is told with role and projects, and oneself as such', () => {
  const shown = list([person({}), person({ id: 2, name: 'otto@example.com', role: 'operator', projects: ['shop'] })])
  expect(shown).toContain('(you)')
  expect(shown).toContain('every project')
  expect(shown).toMatch(/operator<\/span>: <bdi>Shop<\/bdi>/)
  expect(list([person({ id: 3, role: 'viewer' })])).toContain('no project')
})

test('invitations say until when they hold', () => {
  expect(list([], [invited({})])).toContain('holds until')
  expect(list([], [invited({ expired: true })])).toContain('ran out')
  expect(list([])).toContain('Nobody is invited right now.')
})

test('with an owner’s password nobody can be invited, and the page says why', () => {
  expect(list([person({})], [], false)).toContain('AUTH=supabase')
  expect(list([person({})], [], false)).not.toContain('>Invite<')
})

test('what comes from outside is text', () => {
  const shown = [
    list([person({ name: HOSTILE })], [invited({ email: HOSTILE, by: HOSTILE })]),
    markup(<You name={HOSTILE} holds="viewer" projects={[HOSTILE]} />),
    markup(<NoProjectOfYours name={HOSTILE} />),
  ].join('')
  expect(shown).not.toContain('<script>')
})

test('the door shows what went wrong, and asks browsers to remember', () => {
  const shown = markup(<AccountForm action={async () => null} next="/dashboard" problem="That did not work" />)
  expect(shown).toContain('That did not work')
  expect(shown).toContain('autoComplete="username"')
  expect(shown).toContain('autoComplete="current-password"')
})
