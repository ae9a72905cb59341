import { expect, test } from 'vitest'
import { claimsOf } from '../../cli/show/claims.ts'
import { sourcesOf } from '../../cli/show/sources.ts'
import type { Told } from '../../components/strand.ts'
import type { Shown } from '../../lib/actions/issueStory.ts'
import { stepsOf } from '../../lib/domain/evidence.ts'
import type { Fix } from '../../lib/domain/fix.ts'
import { stageOf } from '../../lib/policy/stage.ts'
import { SAMPLES } from './sample.ts'
import { proof, proven, refused } from './sampleFix.ts'
import { minutesAgo, NOW, project } from './sampleIssue.ts'

/** As it arrives: through JSON. */
function shown(told: Told): Shown {
  const stage = stageOf({ ...told, project: project(), now: NOW })
  const steps = stepsOf(told.effects, told.audit)
  return JSON.parse(JSON.stringify({ ...told, project: 'clinic', stage, steps }))
}
const claims = (told: Told): string => claimsOf(shown(told)).join('\n')
const sources = (told: Told): string => sourcesOf(shown(told)).join('\n')

const all = Object.entries(SAMPLES) as [string, Told][]
test.each(all)('%s: every mark of a claim is told below', (_, told) => {
  const below = sources(told)
  for (const [mark] of claims(told).matchAll(/\[(event|frame|commit|run|audit|attempt) [^\]]+\]|\[suite\]/g))
    expect(below).toContain(`  ${mark}`)
})

test('the story with its marks', () => {
  const text = claims(SAMPLES.cured)
  expect(text).toContain('Issue 9 in clinic: Cured: 22 expected, 0 seen. Nothing is left to do.')
  expect(text).toMatch(
    /Why: TypeError at .* \(sure to 100 %\) \[frame 1\]\n {4}Seen on what production ran \[commit 5f0d3ac\] \[event 1\] \[event 2\]/,
  )
  expect(text).toContain('The line is blamed on [commit 9b1c2d3], new in what production runs')
  expect(text).toContain('Without the fix it fails: [run 1] [run 3] [run 5]')
  expect(text).toContain('With it 404 is answered: [run 2] [run 4] [run 6]')
  expect(text).toMatch(/push to branch, confirmed, \S+ \[audit 44\] \[audit 45\]/)
  expect(text).toContain('Cure: 22 expected, 0 seen')
  expect(text).toContain('31 failures in 1804 requests before, 1870 requests since: 22.7 expected, 0 seen')
})

test('what the marks stand for', () => {
  const text = sources(SAMPLES.cured)
  expect(text).toMatch(
    /\[event 1\] a, \S+, production, on 5f0d3ac\w+\n {4}TypeError: .*\n {4}POST \/api\/campaigns\/launch \(complete\)\n {6}authorization: \[token\]/,
  )
  expect(text).toContain('[event 2] b: its body is not kept any more')
  expect(text).toContain('[frame 1] src/routes/launch.ts:31 in launchCampaign: const target = practice.id')
  expect(text).toMatch(/\[commit 9b1c2d3\] 9b1c2d3\w+: Launch campaigns .*, by Ines Moreau, 2026-11-18/)
  expect(text).toContain('[run 1] A 500, the same error, 0 other, 0 calls out, 22 ms')
  expect(text).toContain('[suite] before: 41 passed, 0 failed, 2210 ms')
  expect(text).toContain('   30 +   if (!practice) return { status: 404')
  expect(text).toMatch(/\[audit 44\] \S+ release effect\.intent, hash a{62}44/)
})

test('what a run saw and answered, each line on its own', () => {
  const runs = proof.runs.map((run) => ({ ...run, saw: [{ type: 'TypeError', message: 'boom' }], body: 'one\ntwo' }))
  const text = sources({ ...SAMPLES.cured, fixes: [proven({ proof: { ...proof, runs } })] })
  expect(text).toContain('      TypeError: boom\n      one\n      two\n  [run 2] B')
})

test('attempts that came back: reasons, runs and the change, under the attempt', () => {
  const told = SAMPLES['needs-person']
  const fixes = told.fixes.map((fix, i) => (i === 0 ? ({ ...fix, diff: proven().diff } as Fix) : fix))
  expect(claims({ ...told, fixes })).toContain(
    'Attempt 1 was refused: one of three runs without the fix did not fail [attempt 1]',
  )
  expect(claims({ ...told, fixes: [refused(1, 'no')] })).toMatch(/Attempt 1 was refused: no$/m)
  const told2 = { ...told, fixes: [refused(1, 'no recipe fits\nnames: not one\nnullish: nor this')] }
  expect(claims(told2)).toMatch(
    /^ {2}Attempt 1 was refused: no recipe fits\n {4}names: not one\n {4}nullish: nor this$/m,
  )
  const text = sources({ ...told, fixes })
  expect(text).toContain('[attempt 1, run 3] A 200, no such error, 0 other, 0 calls out, 19 ms, not as expected')
  expect(text).toContain('    src/routes/launch.ts\n')
  expect(claims(SAMPLES['rolled-back'])).toContain(
    'Attempt 1 was taken back: A new error was seen 3 times. [attempt 1]',
  )
  expect(claims(SAMPLES['rolled-back'])).toContain('No fix stands.')
})

test('before a diagnosis, and back again after a cure', () => {
  expect(claims(SAMPLES.diagnosing)).toContain('Not diagnosed yet.')
  const earlier: Told['earlier'] = [{ id: 3, closedAs: 'cured', closedAt: minutesAgo(3000) }]
  expect(claims({ ...SAMPLES.fixing, earlier })).toContain(
    'It came back: issue 3 was cured on 2026-11-18T02:10:00.000Z',
  )
})
