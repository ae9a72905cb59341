import { expect, test } from 'vitest'
import { rowOf } from '../../components/grouped.ts'
import { shown } from '../../components/shown.ts'
import type { Fix } from '../../lib/domain/fix.ts'
import { chapter, desk, tale, words } from './markup.tsx'
import { SAMPLES } from './sample.ts'
import { proven, refused as refusedFor } from './sampleFix.ts'

const states = Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]
const CHAPTERS = ['felt', 'why', 'fix', 'proof', 'release', 'cure', 'audit']

test.each(states)('%s: every chapter is there, in order, and none is empty', (state) => {
  const markup = tale(SAMPLES[state])
  const places = CHAPTERS.map((id) => markup.indexOf(`<section aria-labelledby="${id}"`))
  expect(places).toEqual(places.toSorted((a, b) => a - b))
  const titles = ['What users felt', 'Why', 'The fix', 'Proof', 'Release', 'Cure', 'Audit']
  for (const [i, id] of CHAPTERS.entries()) {
    expect(chapter(markup, id).startsWith(titles[i] ?? '')).toBe(true)
    expect(chapter(markup, id).length).toBeGreaterThan((titles[i] ?? '').length + 10)
  }
  expect(words(markup)).toContain(shown(rowOf(desk, SAMPLES[state]).stage.sentence))
})

test('every time is a time element with its instant', () => {
  const times = [...tale(SAMPLES.cured).matchAll(/<time dateTime="([^"]+)"/gi)].map((match) => match[1] ?? '')
  expect(times.length).toBeGreaterThan(10)
  expect(times.every((at) => new Date(at).toISOString() === at)).toBe(true)
})

test('what users felt: where, how bad and why, who, how often, and the picture in words', () => {
  const felt = chapter(tale(SAMPLES.cured), 'felt')
  expect(felt).toContain('POST /api/campaigns/launch')
  expect(felt).toContain('P2 . A request failed; 7 users saw it.')
  expect(felt).toContain('412 times, first 20 Nov, 03:12 , last 20 Nov, 03:49')
  expect(felt).toContain('The line marks the fix in production, 20 Nov, 03:49.')
})

test('users that cannot be counted are said to be unknown', () => {
  expect(chapter(tale(SAMPLES['waiting-for-you']), 'felt')).toContain('How many users cannot be known')
})

test('why: the sentence, the line, the suspect with author and date, and confidence as facts', () => {
  const why = chapter(tale(SAMPLES.cured), 'why')
  expect(why).toContain('TypeError at src/routes/launch.ts:31 in launchCampaign')
  expect(why).toContain(
    '9b1c2d3 Launch campaigns for several practices at once , by Ines Moreau , 18 Nov, 15:02 . New in what production runs.',
  )
  expect(why).toContain(
    'Confidence 1.00 of 1 Yes The crash line is in this repository Yes A whole request was captured',
  )
})

test('a cause outside the code lists no facts about code', () => {
  const why = chapter(tale(SAMPLES['no-code-cause']), 'why')
  expect(why).toContain('Confidence 0.90 of 1 It rests on the error’s own chain of causes')
  expect(why).not.toContain('The crash line')
})

test('the fix: what it does, assumes, risks, the lines with their numbers, and the fixture', () => {
  const fix = chapter(tale(SAMPLES.cured), 'fix')
  expect(fix).toContain('Answers 404 when the practice does not exist')
  expect(fix).toContain('Assumes A missing practice is answered as the nearest guard')
  expect(fix).toContain('3 lines in 1 file, the test apart')
  expect(fix).toContain("30 + added if (!practice) return { status: 404, body: { error: 'practice not found' } }")
  expect(fix).toContain('40 − removed return launched!')
  expect(fix).toMatch(/"id": "3fa9c01d77be", "route": .* "expect": { "status": 404 } }/)
})

test('a risk that is not low is said with its reasons', () => {
  expect(chapter(tale(SAMPLES['waiting-for-you']), 'fix')).toContain('Risk It touches 3 files; low risk is 2.')
})

test('cure: the sentence, and rate times requests in a line', () => {
  const cure = chapter(tale(SAMPLES.cured), 'cure')
  expect(cure).toContain('22 expected, 0 seen Cured')
  expect(cure).toContain(
    '31 failures in 1,804 requests before: a rate of at least 0.0121 (lower 95 % bound). 0.0121 × 1,870 requests since = 22.7 expected',
  )
  expect(chapter(tale(SAMPLES.relapsed), 'cure')).toContain('it is back Back again')
  expect(chapter(tale(SAMPLES.watching), 'cure')).toContain('Not asked yet')
})

test('attempts that came back: each with what was learnt and what its runs showed; none, no chapter', () => {
  const refused = chapter(tale(SAMPLES['needs-person']), 'attempts')
  expect(refused).toContain(
    'Attempt 1, refused 20 Nov, 03:15 What was learnt: one of three runs without the fix did not fail',
  )
  expect(refused).toContain('A without the fix 200 19 ms Unexpected no such error')
  expect(refused).toContain('No All 41 stable tests still pass campaigns › lists drafts')
  expect(chapter(tale(SAMPLES.cured), 'attempts')).toBe('')
  const several = {
    ...SAMPLES['needs-person'],
    fixes: [refusedFor(1, 'no recipe fits\nnames: not one\nnullish: nor this')],
  }
  expect(chapter(tale(several), 'attempts')).toContain(
    'What was learnt: no recipe fits names: not one nullish: nor this',
  )
})

test('a fix that was taken back says so, keeps its change to look at, and tells what was learnt', () => {
  const markup = tale(SAMPLES['rolled-back'])
  expect(chapter(markup, 'fix')).toContain('Taken back, and never comes again: A new error was seen 3 times.')
  const back = chapter(markup, 'attempts')
  expect(back).toContain('Attempt 1, taken back 20 Nov, 03:14 What was learnt: A new error was seen 3 times.')
  expect(back).toContain('What it changed src/routes/launch.ts')
  expect(chapter(markup, 'cure')).toContain('Not asked: the release was taken back.')
})

test('the change of a refused attempt is shown where there is one', () => {
  const [attempt] = SAMPLES['needs-person'].fixes
  const told = { ...SAMPLES['needs-person'], fixes: [{ ...attempt!, diff: proven().diff } as Fix] }
  expect(chapter(tale(told), 'attempts')).toContain('What it changed src/routes/launch.ts')
  expect(chapter(tale(SAMPLES['needs-person']), 'attempts')).not.toContain('What it changed')
})
