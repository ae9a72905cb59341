import { expect, test } from 'vitest'
import type { Proof } from '../../../lib/domain/fix.ts'
import { type PullFacts, pullWords, revertWords } from '../../../lib/policy/proposal/pull.ts'
import { FACTS, poisoned } from './facts.ts'
import { PAYLOADS } from './payloads.ts'

const pull = (more: Partial<PullFacts> = {}): PullFacts => ({
  ...FACTS,
  ...{ attempt: 2, diagnosis: { cause: 'code', remedy: 'code-fix', confidence: 0.92 }, errorType: null, cause: null },
  ...{ risk: { low: true, files: 1, lines: 4 }, into: 'staging', target: 'staging' as const },
  ...more,
})

test('it says what happened, why, how it was proven, what an approval does, and where the audit stood', () => {
  const { title, body } = pullWords(pull())
  expect(title).toBe('Fix: failure in POST /api/campaigns/launch')
  const parts = body.split('\n\n')
  expect(parts.filter((part) => part.startsWith('## '))).toEqual(
    ['What happened', 'Diagnosis', 'Proof', 'Risk', 'What an approval does', 'Taking it back'].map(
      (name) => `## ${name}`,
    ),
  )
  expect(body).toContain('POST /api/campaigns/launch failed: 3 users, 15 failures, severity P2.')
  expect(body).toContain('Cause: code. Remedy: code-fix. Confidence: 0.92. This is attempt 2.')
  expect(body).toContain('Low: 1 file, 4 changed lines besides the test.')
  expect(body).toContain('approves it up to staging. Merged into staging, it is deployed there and probed.')
  expect(parts.at(-1)).toBe(
    `Nightshift-Issue: 12\nNightshift-Fix: 0123456789ab\nNightshift-Audit: 77 ${'a'.repeat(64)}\n`,
  )
})

test('one to production says that it ships, and what is not known is said to be', () => {
  const proof: Proof = { ...FACTS.proof, tier: 'not-reproduced', runs: [] }
  const { body } = pullWords(pull({ target: 'production', into: 'main', diagnosis: null, proof }))
  expect(body).toContain('approves it up to production. Merged into main')
  expect(body).toContain('No diagnosis was kept; this is attempt 2.')
  expect(body).toContain('Not reproduced: it never ships without a person.')
})

test.each(PAYLOADS)('whatever others wrote, none of it is in it: %j', (payload) => {
  const { title, body } = pullWords(
    pull({ ...poisoned(String(payload)), errorType: null, cause: null } as Partial<PullFacts>),
  )
  expect(title.length).toBeLessThanOrEqual(72)
  expect(`${title}\n${body}`).not.toContain(String(payload))
})

test('a revert names the merge it takes out, and who is safe already', () => {
  const facts = { issue: { id: 12 }, fix: { id: '0123456789ab' }, audit: { seq: 9, hash: 'b'.repeat(64) } }
  const main = revertWords({ ...facts, merge: 'c'.repeat(40), into: 'main', target: 'production' })
  expect(main.title).toBe('Revert fix 0123456789ab on main')
  expect(main.body).toContain('Production serves the version before already')
  expect(main.body).toMatch(/^Nightshift-Audit: 9 b{64}$/m)
  const staging = revertWords({ ...facts, merge: 'c'.repeat(40), into: 'staging', target: 'staging' })
  expect(staging.body).toContain('Production never served it from here.')
})
