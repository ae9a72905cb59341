import { expect, test } from 'vitest'
import type { Told } from '../../components/strand.ts'
import { stepsOf } from '../../lib/domain/evidence.ts'
import { chapter, tale, words } from './markup.tsx'
import { SAMPLES } from './sample.ts'
import { proof, proven, refused } from './sampleFix.ts'
import { BASE, diagnosis, minutesAgo } from './sampleIssue.ts'
import { effects } from './sampleRelease.ts'

const all = Object.entries(SAMPLES) as [string, Told][]
const idsOf = (markup: string): string[] => [...markup.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? '')

test.each(all)('%s: every claim points at something that is on the page, and every name is there once', (_, told) => {
  const markup = tale(told)
  const ids = idsOf(markup)
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
  const pointed = [...markup.matchAll(/href="#([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(pointed.filter((id) => !ids.includes(id))).toEqual([])
})

test('each kind of claim has a way to its ground', () => {
  const markup = tale(SAMPLES.cured)
  for (const id of ['event-1', 'event-2', 'frame-1', 'commit-5f0d3ac', 'commit-9b1c2d3', 'run-1', 'run-6', 'audit-44'])
    expect(markup).toContain(`href="#${id}"`)
})

test('an event: id, when, commit, what it said and the request as captured, redacted', () => {
  const text = chapter(tale(SAMPLES.cured), 'sources')
  expect(text).toContain(`Event 1: a 20 Nov, 03:13:00 , production, on ${BASE} TypeError: Cannot read`)
  expect(text).toContain('POST /api/campaigns/launch authorization: [token] content-type: application/json')
  expect(text).toContain('{"practiceId":99,"by":"[email]"}')
  expect(text).toContain('Event 2: b Its body is not kept any more: events are dropped after 14 days.')
})

test('events beyond those told are counted, and a diagnosis without any says so', () => {
  const named = (events: string[], witnesses: Told['witnesses']) => {
    const facts = { ...diagnosis().facts, events }
    return chapter(tale({ ...SAMPLES.cured, diagnosis: diagnosis({ facts }), witnesses }), 'sources')
  }
  expect(named(['a', 'b', 'c', 'd'], SAMPLES.cured.witnesses)).toContain('2 more events of the same kind.')
  expect(named([], [])).toContain('The diagnosis names none.')
  expect(tale(SAMPLES.diagnosing)).not.toContain('id="sources"')
})

test('frames: path, line, function and the line’s own text', () => {
  const text = chapter(tale(SAMPLES.cured), 'sources')
  expect(text).toContain('1. src/routes/launch.ts:31 in launchCampaign const target = practice.id')
  expect(text).toContain('3. outside the repository:31 in launchCampaign')
})

test('commits: each once with all it is named for, and what is known of it', () => {
  const { suspect } = diagnosis().facts
  const commits = [{ ...suspect!, sha: BASE, author: 'Olu', subject: 'Deploy on Fridays' }]
  const told = { ...SAMPLES.cured, diagnosis: diagnosis({ facts: { ...diagnosis().facts, commits } }) }
  const text = chapter(tale(told), 'sources')
  expect(text).toContain(
    `${suspect!.sha} The crash line is blamed on it. What production ran before. Launch campaigns for several practices at once , by Ines Moreau , 18 Nov, 15:02`,
  )
  expect(text).toContain(`${BASE} What production ran when it was diagnosed. Deploy on Fridays , by Olu`)
  expect(chapter(tale(SAMPLES.cured), 'sources')).toContain(`${BASE} What production ran when it was diagnosed.`)
})

test('runs: what each saw and answered, where that was kept', () => {
  const runs = proof.runs.map((run) =>
    run.side === 'A'
      ? { ...run, saw: [{ type: 'TypeError', message: 'boom' }], body: 'Oops' }
      : { ...run, saw: [], body: '' },
  )
  const told = { ...SAMPLES.cured, fixes: [proven({ proof: { ...proof, runs } })] }
  const text = chapter(tale(told), 'proof')
  expect(text).toContain('What each run saw and answered Run 1, A TypeError: boom Oops Run 2, B No error was reported.')
  expect(chapter(tale(SAMPLES.cured), 'proof')).not.toContain('What each run saw')
})

test('a refused attempt with runs and a change has them under names of its own', () => {
  const back = { ...refused(2, 'no', proof), diff: proven().diff }
  const markup = tale({ ...SAMPLES['rolled-back'], fixes: [...SAMPLES['rolled-back'].fixes, back] })
  expect(markup).toContain(`id="run-of-${back.id}-1"`)
  expect(chapter(markup, 'attempts')).toContain('What it changed src/routes/launch.ts')
})

test('steps: each call with the row that let it through and the one that says how it ended', () => {
  const row = (seq: number, what: string, key: string) => ({ seq, what, body: { key }, hash: `h${seq}` })
  const audit = [
    row(44, 'effect.intent', '3fa9c01d77be:push'),
    row(45, 'effect.confirmed', 'other'),
    row(46, 'effect.confirmed', '3fa9c01d77be:push'),
    row(47, 'effect.intent', '3fa9c01d77be:merge:staging'),
    row(48, 'effect.failed', '3fa9c01d77be:merge:staging'),
  ]
  expect(stepsOf([effects[1]!, effects[0]!], audit)).toMatchObject([
    { kind: 'push', intent: { seq: 44, hash: 'h44' }, outcome: { seq: 46 } },
    { kind: 'merge', intent: { seq: 47 }, outcome: { seq: 48 } },
  ])
  expect(stepsOf(effects, [])).toMatchObject([{ intent: null, outcome: null }, { intent: null }])
  const text = chapter(tale(SAMPLES.cured), 'release')
  expect(text).toContain('What left this machine push to branch, read back as done, 20 Nov, 03:16:00 audit 44 audit 45')
})

test('every row of the audit shows its hash', () => {
  expect(chapter(tale(SAMPLES.cured), 'audit')).toContain(`Hash ${'44'.padStart(64, 'a')}`)
})

test('a cure points at the row that says so', () => {
  const ended = {
    seq: 50,
    at: minutesAgo(1),
    actor: 'releaser',
    what: 'release.cured',
    body: { release: 3 },
    hash: 'h',
  }
  const other = { ...ended, seq: 51, body: { release: 4 } }
  const told = { ...SAMPLES.cured, audit: [...SAMPLES.cured.audit, ended, other] }
  expect(chapter(tale(told), 'cure')).toContain('Cured audit 50')
})

test('an issue that was over before says when and as what', () => {
  const earlier: Told['earlier'] = [
    { id: 3, closedAs: 'cured', closedAt: minutesAgo(3000) },
    { id: 2, closedAs: 'archived', closedAt: minutesAgo(9000) },
  ]
  const markup = tale({ ...SAMPLES.fixing, earlier })
  expect(words(markup)).toContain(
    'It came back: issue 3 was cured on 18 Nov, 02:10 , issue 2 was archived on 13 Nov, 22:10 .',
  )
  expect(markup).toContain('href="/dashboard/agent-control/issues/3"')
  expect(words(tale(SAMPLES.fixing))).not.toContain('It came back')
})
