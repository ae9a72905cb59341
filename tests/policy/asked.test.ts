import { expect, test } from 'vitest'
import type { Approval } from '../../lib/domain/approval.ts'
import type { Fix } from '../../lib/domain/fix.ts'
import type { Release, ReleaseState } from '../../lib/domain/release.ts'
import { type AskedFacts, answerOf, askKey } from '../../lib/policy/asked.ts'

const NOW = new Date('2026-11-29T03:00:00Z')
const TREE = 'a'.repeat(40)
const ask = (target: 'staging' | 'production' = 'staging') => ({ tree: TREE, target, policyVersion: 3 })

const fix = (more: object = {}) =>
  ({ state: 'proven', tree: TREE, withdrawn: false, withdrawnWhy: null, superseded: false, ...more }) as Fix
const release = (state: ReleaseState = 'staging', facts: Release['facts'] = {}) => ({ state, facts })
const yes = (more: Partial<Approval> = {}): Approval => ({
  ...{ id: 1, fix: 'f', base: 'b', tree: TREE, target: 'staging', policyVersion: 3, by: 'Ada', at: NOW },
  ...{ expiresAt: new Date(NOW.getTime() + 1), revokedAt: null, revokedWhy: null, usedBy: null },
  ...more,
})
const facts = (more: Partial<AskedFacts> = {}): AskedFacts => ({
  ...{ fix: fix(), release: release(), approvals: [], policyVersion: 3, now: NOW },
  ...more,
})
const back = {
  kind: 'rejected',
  why: 'Ada rejected it: no',
  from: 'staging',
  lane: 'staging',
  at: '',
  turn: 1,
} as const

test.each<[string, AskedFacts, string | null]>([
  ['nobody answered', facts(), null],
  ['its release has not begun', facts({ release: null }), null],
  ['no such fix', facts({ fix: null }), 'not the tree'],
  ['another tree', facts({ fix: fix({ tree: 'b'.repeat(40) }) }), 'not the tree'],
  ['made anew', facts({ fix: fix({ state: 'drafting' }) }), 'not the tree'],
  ['rejected', facts({ fix: fix({ withdrawn: true, withdrawnWhy: 'Ada rejected it: no' }) }), 'Ada rejected it: no'],
  ['taken back without a word', facts({ fix: fix({ withdrawn: true }) }), 'It was taken back.'],
  ['overtaken', facts({ fix: fix({ superseded: true }) }), 'Production moved on'],
  ['approved', facts({ approvals: [yes()] }), 'Approved by Ada up to staging.'],
  ['approved further', facts({ approvals: [yes({ target: 'production' })] }), 'up to production'],
  ['an approval of another tree', facts({ approvals: [yes({ tree: 'c' })] }), null],
  ['one that is void', facts({ approvals: [yes({ revokedAt: NOW })] }), null],
  ['one that has expired', facts({ approvals: [yes({ expiresAt: NOW })] }), null],
  ['one under another policy', facts({ approvals: [yes({ policyVersion: 2 })] }), null],
  ['a new policy', facts({ policyVersion: 4 }), 'The policy changed'],
  ['taken back', facts({ release: release('rolling-back', { back }) }), 'Ada rejected it: no'],
  ['further on', facts({ release: release('soaking') }), 'Its release is soaking.'],
  ['held', facts({ release: release('held') }), 'Its release is held.'],
])('asked for staging, %s', (_, given, answer) => {
  const said = answerOf(ask(), given)
  if (answer === null) expect(said).toBeNull()
  else expect(said).toContain(answer)
})

test.each<[ReleaseState, boolean]>([
  ['staging', true],
  ['soaking', true],
  ['promoting', true],
  ['watching', false],
  ['rolling-back', false],
  ['cured', false],
  ['unexposed', false],
  ['relapsed', false],
  ['rolled-back', false],
  ['overtaken', false],
  ['held', false],
])('asked for production, %s: still wanted %s', (state, wanted) => {
  expect(answerOf(ask('production'), facts({ release: release(state) })) === null).toBe(wanted)
})

test('a yes up to staging is none up to production', () => {
  expect(answerOf(ask('production'), facts({ approvals: [yes()], release: release('promoting') }))).toBeNull()
})

test('one key while it is open, a new one after each answer', () => {
  expect(askKey('k', [])).toBe('k')
  expect(askKey('k', [{ key: 'k', answered: false }])).toBe('k')
  expect(askKey('k', [{ key: 'k', answered: true }])).toBe('k:again:1')
  const twice = [
    { key: 'k', answered: true },
    { key: 'k:again:1', answered: false },
  ]
  expect(askKey('k', twice)).toBe('k:again:1')
  expect(askKey('k', [twice[0]!, { ...twice[1]!, answered: true }])).toBe('k:again:2')
})
