import { expect, test } from 'vitest'
import { redactText } from '../../../lib/parse/redactText.ts'
import { proposalOf } from '../../../lib/policy/proposal/body.ts'
import { commitMessage, TITLE_MAX, titleOf } from '../../../lib/policy/proposal/commit.ts'
import { DEFUSED, plainPath, plainRoute, plainType, QUOTED_MAX, quoted } from '../../../lib/policy/proposal/inert.ts'
import { FACTS, ISSUE, partsOf, poisoned } from './facts.ts'
import { PAYLOADS } from './payloads.ts'

test('a commit says what broke, where, whom it met, what changed and how that was proven', () => {
  expect(commitMessage(FACTS)).toBe(`Fix: TypeError in POST /api/campaigns/launch

Issue: POST /api/campaigns/launch failed with a TypeError
Root cause: src/routes/launch.ts:42
Affected: 3 users, 15 failures
Severity: P2

Changes:
- src/routes/launch.ts
- Proof: a captured request failed in three runs without the change, and in none of three with it; whether 404 is the answer you want is yours to judge

Nightshift-Issue: 12
Nightshift-Fix: 0123456789ab
Nightshift-Audit: 77 ${'a'.repeat(64)}
`)
})

test('where nobody keeps issues, the failing tests are what broke', () => {
  const proof = { ...FACTS.proof, tier: 'tested' as const }
  const facts = { ...FACTS, issue: null, tests: ['test/a.js > adds', 'test/a.js > @takes'], audit: null, proof }
  const tested = { ...facts, fix: { ...FACTS.fix, tier: 'tested' as const } }
  expect(commitMessage({ ...tested, errorType: 'AssertionError' })).toBe(`Fix: AssertionError in src/routes/launch.ts

Issue: 2 tests failed with an AssertionError
Root cause: src/routes/launch.ts:42

Changes:
- src/routes/launch.ts
- Proof: the failing test passes in three runs, and failed in three without the change

Nightshift-Fix: 0123456789ab
`)
  expect(commitMessage({ ...tested, cause: null, tests: ['one'] })).toContain(
    '1 test failed with a TypeError\nRoot cause: not located',
  )
  expect(titleOf({ ...tested, cause: null, fix: { ...tested.fix, paths: [] } })).toBe('Fix: TypeError')
  const { body } = proposalOf(tested, redactText)
  expect(body).toContain('2 tests failed with a TypeError.')
  expect(body).toContain('| test/a.js > (at)takes')
  expect(body).not.toContain('The new test')
  expect(body).not.toContain('Nightshift-Issue')
})

test('a test that a model wrote is said to be one, wherever the fix is told', () => {
  const proof = { ...FACTS.proof, tier: 'tested' as const }
  const fix = { ...FACTS.fix, tier: 'tested' as const }
  const written = { ...FACTS, issue: null, answers: null, audit: null, proof, fix, writtenTest: 'test/@new.test.js' }
  expect(commitMessage(written)).toContain('the app failed with a TypeError')
  expect(commitMessage(written)).toContain('Proof: a test that a model wrote failed as the error did in three runs')
  const { body } = proposalOf(written, redactText)
  expect(body).toContain('The regression test was written by a model. Without the change it failed as the event did')
  expect(body).toContain('| test/(at)new.test.js')
  expect(body).toContain('The new test failed before and passes now.')
  expect(proposalOf(FACTS, redactText).body).not.toContain('model')
})

test('what is not known is said to be so', () => {
  const bare = { ...FACTS, cause: null, errorType: null, answers: null, audit: null }
  const message = commitMessage({ ...bare, issue: { ...ISSUE, users: null, seen: 1, route: null } })
  expect(message).toContain('Fix: failure in src/routes/launch.ts')
  expect(message).toContain('1 failure, users unknown')
  expect(message).toContain('Root cause: on the page of the issue')
  expect(message).not.toContain('Nightshift-Audit')
  expect(commitMessage({ ...FACTS, fix: { ...FACTS.fix, tier: 'tested' } })).toContain('the failing test passes')
  expect(commitMessage({ ...FACTS, fix: { ...FACTS.fix, tier: 'not-reproduced' } })).toContain('Proof: none')
})

test('the body has every section, and the runs as a table', () => {
  const { title, body } = proposalOf(FACTS, redactText)
  expect(title).toBe('Fix: TypeError in POST /api/campaigns/launch')
  expect(body.match(/^## .*/gm)).toEqual(
    ['What broke', 'Cause', 'The fix', 'Proof', 'Risk', 'Guardrails', 'Rolling back'].map((name) => `## ${name}`),
  )
  expect(body).toContain('| 2 | after | 404 | no | yes |')
  expect(body).toContain('Tests: 12 passed before, 0 of them no longer pass.')
  expect(body).toContain('| src/routes/launch.ts:42')
  expect(body).toContain('push to branch: go')
})

test('a long place falls back to a shorter one, then to the number', () => {
  const path = `src/${'deep/'.repeat(20)}launch.ts`
  const long = { ...FACTS, issue: { ...ISSUE, route: null }, cause: { path, line: 1 } }
  expect(titleOf(long)).toBe('Fix: TypeError in launch.ts')
  expect(titleOf({ ...long, cause: { path: `${'x'.repeat(100)}.ts`, line: 1 } })).toBe('Fix: TypeError of issue 12')
})

test('honest names stay as they are', () => {
  for (const path of ['src/app/api/[id]/route.ts', 'app/(shop)/page.tsx', 'lib/a-b_c.test.ts', 'a/[...slug]/x.tsx'])
    expect(plainPath(path)).toBe(path)
  for (const route of ['GET /', 'POST /api/users/:id', 'GET /a/[id]/b']) expect(plainRoute(route)).toBe(route)
  expect(plainType('ZodError')).toBe('ZodError')
})

test('there are at least 150 payloads, each another', () => {
  expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(150)
})

const ACTIVE: [string, RegExp][] = [
  ['a mention', /@[A-Za-z0-9]/],
  ['a number of an issue', /#\d|\bGH-\d/i],
  ['a link', /:\/\/|\bwww\./i],
  ['a command of a workflow', /^\s*::|##\[/m],
  ['a switch of CI', /\[[^\]\n]*\b(?:skip|no) ?-?(?:ci|actions|cd)|\[[^\]\n]*\bskip\]|NO_CI/i],
  ['a mention in Slack', /<[!@#]/],
  ['what is not seen', /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u],
  ['a command of a bot', /^(?:\/|bors|!)\w/m],
  ['a secret', /AKIA|hunter22/],
]
const TRAILER = /^[A-Za-z][A-Za-z-]*: /

test.each(PAYLOADS)('%j is inert in title, body and commit', (payload) => {
  const facts = poisoned(payload)
  const { title, body } = proposalOf(facts, redactText)
  const message = commitMessage(facts)
  for (const text of [title, body, message])
    for (const [what, pattern] of ACTIVE) expect(pattern.test(text), `${what} in ${JSON.stringify(text)}`).toBe(false)
  expect(title.length).toBeLessThanOrEqual(TITLE_MAX)
  expect(title).not.toContain('\n')
  const { outside, quotes } = partsOf(body)
  // Outside its fences a body is ours alone: the same whatever was put in, but for the sentence on the boundary.
  const plain = partsOf(proposalOf(poisoned('§'), redactText).body).outside
  expect(outside).toEqual(plain)
  for (const lines of quotes) {
    expect(lines.every((line) => line.startsWith('| '))).toBe(true)
    expect(Buffer.byteLength(lines.join('\n'))).toBeLessThanOrEqual(QUOTED_MAX)
  }
  const trailers = (text: string) => (text.trimEnd().split('\n\n').at(-1) ?? '').split('\n')
  for (const text of [body, message])
    expect(trailers(text).map((line) => TRAILER.exec(line)?.[0])).toEqual([
      'Nightshift-Issue: ',
      'Nightshift-Fix: ',
      'Nightshift-Audit: ',
    ])
  expect(message).toBe(commitMessage(poisoned('§')))
})

test.each(DEFUSED.map(([pattern]) => pattern))('without %s something would act', (off) => {
  const left = PAYLOADS.map((payload) =>
    DEFUSED.filter(([pattern]) => pattern !== off).reduce((text, [pattern, by]) => text.replace(pattern, by), payload),
  )
  expect(left.some((text) => ACTIVE.some(([what, acts]) => !what.includes('seen') && acts.test(text)))).toBe(true)
})

test('a quotation keeps what was said readable', () => {
  expect(quoted('one\n  two `x`', (text) => text)).toBe('```text\n| one\n|   two `x`\n```')
  expect(quoted('a ```` b', (text) => text).split('\n')[0]).toBe('`````text')
  expect(quoted('x'.repeat(5000), (text) => text)).toContain('… (cut)')
})
