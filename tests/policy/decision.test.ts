import { expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { Policy } from '../../lib/domain/project.ts'
import { decide, decideTell } from '../../lib/policy/decision.ts'
import type { DecisionFacts } from '../../lib/policy/decisionFacts.ts'
import { SKEW_MS } from '../../lib/policy/opening.ts'

const monday = new Date('2026-06-01T10:00:00Z')
const night = new Date('2026-06-01T22:00:00Z')
const low = { low: true, reasons: [], files: 1, lines: 3 }
const high = { low: false, reasons: ['src/a.ts: It reads the environment.'], files: 1, lines: 3 }
const clean = { answer: true, why: 'no migration came with it.' }
const unclean = { answer: false, why: 'a migration came with it.' }

const facts = (over: Partial<DecisionFacts> = {}): DecisionFacts => ({
  kind: 'promote',
  target: 'production',
  level: 2,
  severity: 'P2',
  users: 3,
  risk: low,
  tier: 'replayed',
  policy: Policy.parse({}),
  policyVersion: 7,
  now: monday,
  ...over,
})

test.each<[string, Partial<DecisionFacts>, 'go' | 'ask' | 'stop', string]>([
  ['push at level 1', { kind: 'push', target: 'branch', level: 1 }, 'go', 'every level'],
  ['push of a refused tree', { kind: 'push', target: 'branch', level: 3, gate: 'refused' }, 'stop', 'protected'],
  ['push of a lockfile', { kind: 'push', target: 'branch', level: 3, gate: 'needs-approval' }, 'ask', 'approval'],
  ['push with a captured value', { kind: 'push', target: 'branch', level: 3, kept: 1 }, 'ask', '1 captured value '],
  ['push to staging', { kind: 'push', target: 'staging' }, 'stop', 'No rule'],
  ['push to production', { kind: 'push', target: 'production', level: 3 }, 'stop', 'No rule'],
  ['merge to a branch of ours', { kind: 'merge', target: 'branch' }, 'stop', 'No rule'],
  ['promote the inbox', { kind: 'promote', target: 'inbox', level: 3 }, 'stop', 'No rule'],
  ['tell', { kind: 'tell', target: 'inbox', level: 1 }, 'go', 'always sent'],
  ['tell production', { kind: 'tell', target: 'production', level: 3 }, 'stop', 'No rule'],
  ['rerun at level 1', { kind: 'rerun', level: 1 }, 'ask', 'person’s click'],
  ['rerun of the inbox', { kind: 'rerun', target: 'inbox', level: 3 }, 'stop', 'No rule'],
  ['rerun at level 2', { kind: 'rerun' }, 'go', 'Level 2'],
  ['reset at level 1', { kind: 'reset-environment', target: 'staging', level: 1 }, 'ask', 'person’s click'],
  ['reset at level 3', { kind: 'reset-environment', target: 'staging', level: 3 }, 'go', 'Level 3'],
  ['reset of production', { kind: 'reset-environment', level: 3 }, 'stop', 'No rule'],
  ['staging at level 1', { target: 'staging', level: 1 }, 'ask', 'Level 1'],
  ['staging at level 2, any risk', { target: 'staging', risk: high, severity: 'P0', users: null }, 'go', 'staging'],
  ['staging at level 3', { target: 'staging', level: 3 }, 'go', 'staging'],
  ['staging, not reproduced', { target: 'staging', level: 3, tier: 'not-reproduced' }, 'ask', 'reproduced'],
  ['staging without tests', { target: 'staging', level: 3, suite: 'none' }, 'stop', 'no tests'],
  ['production with a red suite', { level: 3, suite: 'red' }, 'stop', 'red without the fix'],
  ['push with a red suite', { kind: 'push', target: 'branch', suite: 'red' }, 'go', 'draft'],
  ['production at level 1', { level: 1 }, 'ask', 'Level 1'],
  ['production at level 2', {}, 'go', 'ships this to production'],
  ['a written test is as good', { tier: 'tested' }, 'go', 'ships this'],
  ['P3', { severity: 'P3' }, 'go', 'ships this'],
  ['P4', { severity: 'P4' }, 'go', 'ships this'],
  ['P1', { severity: 'P1' }, 'ask', 'decides about P1'],
  ['P0', { severity: 'P0' }, 'ask', 'decides about P0'],
  ['9 users', { users: 9 }, 'go', 'ships this'],
  ['10 users', { users: 10 }, 'ask', '10 users'],
  ['unknown users', { users: null }, 'ask', 'counts as many'],
  ['users that are no number', { users: Number.NaN }, 'ask', 'NaN users'],
  ['fewer than no users', { users: -1 }, 'ask', '-1 users'],
  ['high risk', { risk: high }, 'ask', 'reads the environment'],
  ['a lockfile', { gate: 'needs-approval' }, 'ask', 'approval'],
  ['not reproduced at level 2', { tier: 'not-reproduced' }, 'ask', 'reproduced'],
  ['not reproduced at level 3', { level: 3, tier: 'not-reproduced' }, 'ask', 'reproduced'],
  ['level 3 ships what level 2 would not', { level: 3, users: null, risk: high, severity: 'P1' }, 'go', 'Level 3'],
  ['level 3, P0, 100 users', { level: 3, severity: 'P0', users: 100 }, 'go', 'Level 3'],
  ['level 3, P0, 101 users', { level: 3, severity: 'P0', users: 101 }, 'ask', '101 users'],
  ['level 3, P0, unknown users', { level: 3, severity: 'P0', users: null }, 'ask', 'counts as many'],
  ['merging to main is production', { kind: 'merge', users: 10 }, 'ask', '10 users'],
  ['building production is production', { kind: 'deploy', users: 10 }, 'ask', '10 users'],
  ['merging to staging is staging', { kind: 'merge', target: 'staging', users: 10 }, 'go', 'staging'],
  ['a severity nobody defined, level 2', { severity: 'P5' as Severity }, 'ask', 'severity is unknown'],
  ['a severity nobody defined, level 3', { level: 3, severity: 'P5' as Severity }, 'ask', 'severity is unknown'],
  ['a gate that says nothing known', { level: 3, gate: 'maybe' as 'pass' }, 'stop', 'protected'],
  ['a suite that says nothing known', { level: 3, suite: 'maybe' as 'green' }, 'stop', 'proposals only'],
  ['users that are words', { users: '3 ' as unknown as number }, 'ask', 'users are affected'],
  ['a kind nobody defined', { kind: 'merge-all' as 'merge', level: 3 }, 'stop', 'No rule'],
  ['a target nobody defined', { target: 'elsewhere' as 'staging', level: 3 }, 'stop', 'No rule'],
  ['a level nobody defined', { level: 4 as DecisionFacts['level'] }, 'stop', 'unknown'],
  ['no level', { level: Number.NaN as DecisionFacts['level'], kind: 'rollback' }, 'stop', 'unknown'],
])('%s', (_, over, answer, reason) => {
  const decision = decide(facts(over))
  expect(decision.answer).toBe(answer)
  expect(decision.reasons.join(' ')).toContain(reason)
  expect(decision.policyVersion).toBe(7)
})

const ours = { whose: 'ours', clean: unclean, optedIn: false } as const
const persons = { whose: 'person', clean, optedIn: false } as const
test.each<[string, Partial<DecisionFacts>, 'go' | 'ask' | 'stop']>([
  ['ours, level 1', { level: 1, rollback: { whose: 'ours', clean: unclean, optedIn: false } }, 'go'],
  ['ours, level 3', { level: 3, rollback: { whose: 'ours', clean: unclean, optedIn: false } }, 'go'],
  ['a person’s, level 1, opted in', { level: 1, rollback: { whose: 'person', clean, optedIn: true } }, 'ask'],
  ['a person’s, level 2', { rollback: { whose: 'person', clean, optedIn: false } }, 'ask'],
  ['a person’s, level 2, opted in', { rollback: { whose: 'person', clean, optedIn: true } }, 'go'],
  ['a person’s, level 2, opted in, not clean', { rollback: { whose: 'person', clean: unclean, optedIn: true } }, 'ask'],
  ['a person’s, level 3', { level: 3, rollback: { whose: 'person', clean, optedIn: false } }, 'go'],
  [
    'a person’s, level 3, not clean',
    { level: 3, rollback: { whose: 'person', clean: unclean, optedIn: false } },
    'ask',
  ],
  ['nobody knows whose', { level: 3 }, 'stop'],
  ['out of a branch again', { kind: 'revert', target: 'staging', level: 1, rollback: ours }, 'go'],
  ['out of production’s branch', { kind: 'revert', level: 3, rollback: ours }, 'go'],
  ['out of a branch of ours', { kind: 'revert', target: 'branch', level: 3, rollback: ours }, 'stop'],
  ['a person’s, out of a branch', { kind: 'revert', target: 'staging', rollback: persons }, 'ask'],
  ['out of a branch, nobody knows whose', { kind: 'revert', target: 'staging', level: 3 }, 'stop'],
])('rollback: %s', (_, over, answer) => {
  const decision = decide(facts({ kind: 'rollback', now: night, ...over }))
  expect(decision.answer).toBe(answer)
  expect(decision.from).toBe(new Date(night.getTime() - SKEW_MS).toISOString())
})

test('an ask lists every reason', () => {
  const { reasons } = decide(
    facts({ severity: 'P1', users: null, risk: high, tier: 'not-reproduced', gate: 'needs-approval' }),
  )
  expect(reasons).toEqual([
    'The change touches files that need a person’s approval.',
    'The error could not be reproduced.',
    'At level 2 a person decides about P1.',
    'How many users are affected cannot be known, which counts as many.',
    'The risk is not low.',
    'src/a.ts: It reads the environment.',
    'P1 is not bound by production hours.',
  ])
})

test('a notice needs no issue', () => {
  expect(decideTell({ policyVersion: 3 }, monday)).toMatchObject({ answer: 'go', policyVersion: 3 })
})
