import { expect, test } from 'vitest'
import { grouped, rowOf, weekOf } from '../../components/grouped.ts'
import { Inbox } from '../../components/inbox.tsx'
import { Overview } from '../../components/overview.tsx'
import { ProjectNav } from '../../components/projectNav.tsx'
import { Trouble } from '../../components/trouble.tsx'
import { desk, html, words } from './markup.tsx'
import { SAMPLES } from './sample.ts'
import { issue, minutesAgo, NOW, project } from './sampleIssue.ts'

const week = { seen: 10, cured: 1, waiting: 4 }
const overview = (lastTick: Date | null = minutesAgo(0.2)): string =>
  words(html(<Overview desk={desk} lastTick={lastTick} week={week} />))

test('when it looked last is said in words', () => {
  expect(overview()).toContain('Last looked 12 s ago')
  expect(overview(null)).toContain('Has not looked yet')
})

test('the week in three numbers', () => {
  expect(overview()).toContain('issues seen in 7 days 10 cured in 7 days 1 waiting for you 4')
})

test('a week has seven days, for what was seen and for what was cured; waiting is waiting', () => {
  const day = 24 * 60
  const row = (told: (typeof SAMPLES)[keyof typeof SAMPLES], firstSeen: Date) =>
    rowOf(desk, { ...told, issue: { ...told.issue, firstSeen } })
  const cured = (ago: number) =>
    rowOf(desk, {
      ...SAMPLES.cured,
      issue: issue({ firstSeen: minutesAgo(30 * day), state: 'closed', closedAs: 'cured', closedAt: minutesAgo(ago) }),
    })
  const rows = [
    row(SAMPLES.held, minutesAgo(7 * day)),
    row(SAMPLES.soaking, minutesAgo(7 * day - 1)),
    cured(7 * day),
    cured(7 * day - 1),
    row(SAMPLES.archived, minutesAgo(1)),
  ]
  expect(weekOf(rows, NOW)).toEqual({ seen: 2, cured: 1, waiting: 1 })
})

test('the inbox shows title, body, time and a link of ours; empty, it says what will come', () => {
  const notice = {
    key: 'k',
    at: minutesAgo(2),
    title: 'Issue 1: cured',
    body: '22 expected, 0 seen',
    link: '/dashboard/agent-control/issues/1',
  }
  const markup = html(<Inbox notices={[notice]} zone="Europe/London" />)
  expect(words(markup)).toBe('Inbox 20 Nov, 04:08 Issue 1: cured 22 expected, 0 seen')
  expect(markup).toContain('href="/dashboard/agent-control/issues/1"')
  expect(words(html(<Inbox notices={[]} zone="Europe/London" />))).toContain('No notices yet')
})

test('projects are offered only where there is a choice', () => {
  const other = project({ id: 2, slug: 'shop', name: 'Shop' })
  expect(html(<ProjectNav projects={[project()]} current={project()} />)).toBe('')
  const markup = html(<ProjectNav projects={[project(), other]} current={other} />)
  expect(markup).toMatch(/<a [^>]*aria-current="page"[^>]*>.*Shop/)
})

test('trouble says what happened, what to do, and what to look for in the log', () => {
  const name = { code: 'DATABASE_UNREACHABLE', sentence: 'The database cannot be used.', remedy: 'Check that it runs.' }
  expect(words(html(<Trouble name={name} digest={null} retry={() => undefined} />))).toBe(
    'The database cannot be used. Check that it runs. In the log: DATABASE_UNREACHABLE Try again',
  )
  expect(words(html(<Trouble name={null} digest="123" retry={() => undefined} />))).toContain('In the log: 123')
})

test('every row is in exactly one group: what waits for you is not over, even when its issue is closed', () => {
  const stage = { ...rowOf(desk, SAMPLES.cured).stage, waitingForYou: true }
  const groups = grouped([{ strand: SAMPLES.cured, stage }, rowOf(desk, SAMPLES.archived), rowOf(desk, SAMPLES.fixing)])
  expect(groups.map(({ title, rows }) => [title, rows.map((row) => row.strand.issue.id)])).toEqual([
    ['Waiting for you', [9]],
    ['Under way', [3]],
    ['Over', [17]],
  ])
})
