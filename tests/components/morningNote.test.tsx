import { expect, test } from 'vitest'
import { noteInWords } from '../../cli/report/words.ts'
import { MorningNote } from '../../components/morningNote.tsx'
import type { Told } from '../../components/strand.ts'
import type { Report } from '../../lib/domain/report.ts'
import { reportOf } from '../../lib/policy/report.ts'
import { html, words } from './markup.tsx'
import { hostileTold, SAMPLES } from './sample.ts'
import { minutesAgo, NOW, project } from './sampleIssue.ts'

const noteOf = (told: Told[], over: { more?: number; since?: Date } = {}): Report =>
  reportOf({
    project: project(),
    strands: told.map((one) => ({ ...one, releases: one.release ? [one.release] : [] })),
    echoes: new Map(),
    spent: [],
    promotedToday: 2,
    more: 0,
    since: minutesAgo(24 * 60),
    now: NOW,
    ...over,
  })
const all = Object.values(SAMPLES) as Told[]
const page = (report: Report, since: string | null = null): string =>
  html(<MorningNote report={report} since={since} />)

test('every section has its heading and count, and each issue its link', () => {
  const markup = page(noteOf(all))
  const text = words(markup)
  for (const title of [
    'Cured (1)',
    'Waiting for you (5)',
    'On its way (7)',
    'Rolled back (2)',
    'Tried and failed (1)',
    'Left alone, and why (2)',
  ])
    expect(text).toContain(title)
  for (const { issue } of all)
    expect(markup.split(`href="/dashboard/agent-control/issues/${issue.id}"`)).toHaveLength(2)
  expect(text).toContain('Since 19 Nov, 04:10 , until 20 Nov, 04:10 , Europe/London time.')
})

test('a cure says what was expected and seen', () => {
  expect(words(page(noteOf([SAMPLES.cured])))).toContain('Cured: 22 expected, 0 seen. Nothing is left to do.')
})

test('what waits says what to do, with the command that does it', () => {
  const text = words(page(noteOf([SAMPLES['waiting-for-you']])))
  expect(text).toContain('Approve fix 3fa9c01d77be up to production, or reject it.')
  expect(text).toContain('nightshift approve 3fa9c01d77be --target production nightshift reject 3fa9c01d77be --why "…"')
})

test('attempts are told with their reasons', () => {
  const text = words(page(noteOf([SAMPLES['needs-person']])))
  expect(text).toContain('Attempt 1 was refused: one of three runs without the fix did not fail')
  expect(text).toContain('Attempt 2 was refused: the suite lost a test')
})

test('what it cost: money, sandbox, probes and promotions', () => {
  const text = words(page(noteOf([SAMPLES.cured])))
  expect(text).toContain(
    'What it cost Money $0.00: no model was called Sandbox 41 seconds of 1 measured attempt Probes 124 requests of our own in soaks and watches Promotions 2 of 10 used today',
  )
})

test('an empty night is its headline and nothing else', () => {
  const text = words(page(noteOf([])))
  expect(text).toContain('A quiet night: nothing happened, and nothing is open.')
  expect(text).not.toContain('What it cost')
  expect(noteInWords(noteOf([]))).toEqual([
    'Northside Clinic (clinic), since Thu 2026-11-19 04:10 Europe/London: A quiet night: nothing happened, and nothing is open.',
  ])
  expect(words(page(noteOf([], { more: 2 })))).toContain('2 older open ones are on the board only.')
})

test('how far back it looks is marked, and keeps the project', () => {
  expect(page(noteOf([]), '7d')).toMatch(
    /href="[^"]*report\?project=clinic&amp;since=7d" aria-current="page"|aria-current="page"[^>]*since=7d/,
  )
  expect(page(noteOf([]), '24h')).toMatch(/aria-current="page"[^>]*>24 hours/)
  expect(page(noteOf([]), '5h')).not.toContain('aria-current')
})

test('hostile text stays text', () => {
  const markup = page(noteOf([hostileTold, SAMPLES['needs-person']]))
  expect(markup).not.toMatch(/<script|<img/i)
  expect(markup).not.toMatch(/[\u202a-\u202e\u200b\ufeff]|[\u{e0000}-\u{e007f}]/u)
  for (const { index } of markup.matchAll(/שלום/g))
    expect(markup.lastIndexOf('<bdi>', index)).toBeGreaterThan(markup.lastIndexOf('</bdi>', index))
  expect(markup).toContain('&lt;script&gt;')
})

test('the terminal tells the same: sections, attempts, commands and cost', () => {
  const lines = noteInWords(noteOf(all, { since: minutesAgo(30) }))
  expect(lines[0]).toContain('since Fri 2026-11-20 03:40 Europe/London: 1 cured, 5 waiting for you')
  expect(lines).toEqual(
    expect.arrayContaining([
      '  Waiting for you',
      '      Attempt 1 was refused: one of three runs without the fix did not fail',
      '        nightshift approve 3fa9c01d77be --target production',
      '    Money: $0.00: no model was called',
    ]),
  )
  expect(lines.join('\n')).toMatch(/ {6}From before, Fri 2026-11-20 03:1\d: /)
  expect(noteInWords(noteOf([], { more: 3 })).join('\n')).toContain('3 older open ones are on the board only.')
})
