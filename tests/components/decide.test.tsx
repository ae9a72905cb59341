import { expect, test } from 'vitest'
import { approvalState } from '../../components/approvals.tsx'
import { type Decidable, Decide } from '../../components/decide.tsx'
import { backInWords, offersOf } from '../../components/offers.ts'
import type { Told } from '../../components/strand.ts'
import type { Approval } from '../../lib/domain/approval.ts'
import type { ReleaseState } from '../../lib/domain/release.ts'
import { desk, html, LOOKS, MAY, words } from './markup.tsx'
import { HOSTILE, SAMPLES } from './sample.ts'
import { proven, refused } from './sampleFix.ts'
import { BASE, minutesAgo, SUSPECT } from './sampleIssue.ts'
import { release } from './sampleRelease.ts'

const decide = (told: Told, over: Partial<Decidable> = {}): string =>
  html(<Decide told={told} desk={desk} earlier={[]} approvals={[]} holds={72} may={MAY} {...over} />)

/** What is offered, in letters: approve, reject, and how many releases can be taken back. */
const offered = (told: Told, earlier: Decidable['earlier'] = []): string => {
  const { fix, reject, rollbacks } = offersOf(told, earlier)
  return `${fix ? 'a' : ''}${reject ? 'r' : ''}${rollbacks.length}`
}

test.each<[keyof typeof SAMPLES, string]>([
  ['noticed', '0'],
  ['diagnosing', '0'],
  ['fixing', '0'],
  ['no-code-cause', '0'],
  ['archived', '0'],
  ['needs-person', '0'],
  ['proven', 'ar0'],
  ['staging', 'ar1'],
  ['soaking', 'ar1'],
  ['promoting', 'ar1'],
  ['watching', '1'],
  ['cured', '1'],
  ['unexposed', '1'],
  ['relapsed', '1'],
  ['rolling-back', '1'],
  ['rolled-back', '0'],
  ['held', 'ar1'],
])('%s offers %s', (state, expected) => {
  expect(offered(SAMPLES[state])).toBe(expected)
})

test('once it is going to production it is rolled back and no longer rejected', () => {
  const told = SAMPLES.promoting
  const to = (state: string) => ({
    ...{ key: 'k', auditSeq: 1 },
    ...{ kind: 'merge', target: 'production', state, at: minutesAgo(1) },
  })
  expect(offered({ ...told, effects: [to('sending')] })).toBe('a1')
  expect(offered({ ...told, effects: [to('failed')] })).toBe('ar1')
  const merged = release('held', { facts: { ...release('held').facts, mainSha: BASE } })
  expect(offered({ ...told, release: merged })).toBe('a1')
})

test('held before anything was merged has nothing to take back', () => {
  expect(offered({ ...SAMPLES.held, release: release('held', { facts: { waiting: 'x' } }) })).toBe('ar0')
})

test('a rollback that somebody ordered is not ordered again', () => {
  expect(offered({ ...SAMPLES['rolling-back'], release: release('rolling-back', { backBy: 1 }) })).toBe('0')
})

test('a withdrawn fix, or one that a later attempt overtook, cannot be approved', () => {
  const told = SAMPLES.proven
  expect(offered({ ...told, fixes: [proven({ withdrawn: true, withdrawnWhy: 'x' })] })).toBe('0')
  expect(offered({ ...told, fixes: [proven(), refused(2, 'x')] })).toBe('0')
})

test('an earlier release that is still out can be taken back too, by its name', () => {
  const earlier = [release('relapsed', { id: 2 }), release('rolled-back', { id: 1 })]
  expect(offered(SAMPLES.proven, earlier)).toBe('ar1')
  expect(words(decide(SAMPLES.proven, { earlier }))).toContain('Roll back the earlier release 2 (back again)…')
})

test('an approval names exactly what it is bound to, and how long it holds', () => {
  const text = words(decide(SAMPLES['waiting-for-you']))
  expect(text).toContain(
    `A yes to fix 3fa9c01d77be Its tree ${BASE} On base ${BASE} Under policy version 1 For 72 hours, and void as soon as any of this changes`,
  )
  expect(text).toContain('Production. Covers staging too')
  expect(decide(SAMPLES['waiting-for-you'])).toMatch(/type="radio" name="target" checked="" value="production"/)
})

test('what is hard to undo needs a reason, and says before the button what will happen', () => {
  const markup = decide(SAMPLES.soaking)
  expect(markup.match(/required=""[^>]*name="why"/g)).toHaveLength(2)
  expect(words(markup)).toMatch(/Reject… This patch never comes again.*Why Reject Roll back… .*Why Roll back$/)
})

test.each<[ReleaseState, string]>([
  ['staging', 'Nothing has left yet, so its way simply ends.'],
  ['soaking', 'The merge bb11bb2 leaves staging.'],
  ['cured', 'Production serves 9b1c2d3 again, the merge cc11bb2 leaves main and the merge bb11bb2 leaves staging.'],
  ['rolling-back', 'Once a person has ordered it, it goes on while the project is paused too.'],
])('what a rollback from %s does, in a sentence', (state, expected) => {
  expect(backInWords(release(state), { production: 'main', staging: 'staging' })).toContain(expected)
})

test('staging goes back to what it served before, where it served something', () => {
  const facts = { ...release('soaking').facts, stagingPrevious: { deployment: 'd', sha: SUSPECT } }
  expect(backInWords(release('soaking', { facts }), { production: 'main', staging: 'next' })).toContain(
    'Staging serves 9b1c2d3 again and the merge bb11bb2 leaves next.',
  )
})

const approval: Approval = {
  id: 1,
  fix: '3fa9c01d77be',
  base: BASE,
  tree: BASE,
  target: 'production',
  policyVersion: 1,
  by: 'Ines',
  at: minutesAgo(10),
  expiresAt: minutesAgo(-60),
  revokedAt: null,
  revokedWhy: null,
  usedBy: null,
}

test.each<[string, Partial<Approval>, boolean, string]>([
  ['nothing against it', {}, true, 'Holds, not used yet'],
  ['used', { usedBy: 'release:3' }, true, 'Holds, and serves release 3'],
  ['void', { revokedAt: minutesAgo(1), revokedWhy: 'Ines rejected it: no' }, false, 'Void: Ines rejected it: no'],
  ['expired this instant', { expiresAt: desk.now }, false, 'Expired'],
  ['another policy', { policyVersion: 0 }, false, 'Void: given under policy version 0, now it is 1'],
  ['another tree', { tree: SUSPECT }, false, 'Void: it was for another tree'],
])('an approval, %s', (_, over, holds, says) => {
  expect(approvalState({ ...approval, ...over }, proven(), desk)).toEqual({ holds, says })
})

test('approvals are listed with whose they are and until when, also where nothing is left to decide', () => {
  const approvals = [{ ...approval, by: HOSTILE.script }]
  const markup = decide(SAMPLES['rolled-back'], { approvals })
  expect(words(markup)).toContain(
    `Decisions Approved Up to production, by ${HOSTILE.script} , 20 Nov, 04:00 until 20 Nov, 05:10 . Holds, not used yet.`,
  )
  expect(markup).not.toContain('<script')
})

test('whoever may not decide sees no form; with nothing to decide the answer’s place is still there', () => {
  const looks = decide(SAMPLES.soaking, { may: LOOKS })
  expect(looks).not.toContain('<form')
  expect(words(looks)).toBe('Decisions You may look. Owners and operators decide.')
  const markup = decide(SAMPLES.noticed)
  expect(words(markup)).toBe('Nothing to decide')
  expect(markup).toContain('role="status"')
})
