import { expect, test } from 'vitest'
import { Inbox, isOurs } from '../../components/inbox.tsx'
import { Overview } from '../../components/overview.tsx'
import { ProjectNav } from '../../components/projectNav.tsx'
import { shown } from '../../components/shown.ts'
import { desk, html, tale, words } from './markup.tsx'
import { HOSTILE, hostileTold } from './sample.ts'
import { NOW, project } from './sampleIssue.ts'

const text = Object.values(HOSTILE).join(' ')

test('an issue page made of hostile text has no markup of it', () => {
  const markup = tale(hostileTold)
  expect(markup).not.toMatch(/<script|<img|onerror=(?!alert)/i)
  expect(markup.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(15)
  for (const tag of markup.matchAll(/<[a-z]+[^>]*>/g)) expect(tag[0]).not.toContain('alert')
})

test('nothing hidden is left in it, and what was hidden is written out', () => {
  const markup = tale(hostileTold)
  expect(markup).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff]|[\u{e0000}-\u{e007f}]/u)
  expect(words(markup)).toContain(shown(HOSTILE.direction))
})

test('text from outside is isolated, so that its direction reaches no other word', () => {
  const markup = tale(hostileTold)
  for (const { index } of markup.matchAll(/שלום/g))
    expect(markup.lastIndexOf('<bdi>', index)).toBeGreaterThan(markup.lastIndexOf('</bdi>', index))
})

test('notices, project names and projects to choose from stay text', () => {
  const notice = { key: 'k', at: NOW, title: text, body: text, link: 'javascript:alert(1)' }
  const hostile = project({ name: text, id: 2 })
  const markup = html(
    <>
      <Inbox notices={[notice]} zone="UTC" />
      <Overview desk={{ ...desk, project: hostile }} lastTick={null} week={{ seen: 0, cured: 0, waiting: 0 }} />
      <ProjectNav projects={[project(), hostile]} current={hostile} />
    </>,
  )
  expect(markup).not.toMatch(/<script|<img|javascript:/)
})

test.each([
  ['/dashboard/agent-control/issues/7', true],
  ['//elsewhere.example', false],
  ['/\\elsewhere.example', false],
  ['https://elsewhere.example/', false],
  ['javascript:alert(1)', false],
  ['/a?next=//elsewhere', false],
  ['', false],
])('a notice may link to %j: %s', (link, ours) => {
  expect(isOurs(link)).toBe(ours)
  const shownLink = html(<Inbox notices={[{ key: 'k', at: NOW, title: 't', body: 'b', link }]} zone="UTC" />)
  expect(shownLink.includes('<a ')).toBe(ours)
})
