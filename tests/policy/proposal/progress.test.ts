import { expect, test } from 'vitest'
import type { Back, Refusal, ReleaseFacts, ReleaseState } from '../../../lib/domain/release.ts'
import { deploymentsOf, progressOf } from '../../../lib/policy/proposal/progress.ts'
import { fine } from '../watches.ts'

const of = (state: ReleaseState, facts: ReleaseFacts = {}) => ({ id: 3, state, facts })
const MERGED: ReleaseFacts = { stagingSha: 'a'.repeat(40), stagingDeployment: 's1' }
const SHIPPED: ReleaseFacts = { ...MERGED, mainSha: 'b'.repeat(40), productionDeployment: 'p1' }
const refused = (more: Partial<Refusal>): ReleaseFacts => ({
  refused: { kind: 'merge', target: 'production', reason: 'r', why: ['SECRET'], asks: false, ...more },
})

test.each<[string, ReturnType<typeof of>, string]>([
  ['nothing yet', of('staging'), '**Release 3: on its way to staging.**'],
  ['asked for', of('staging', refused({ target: 'staging', asks: true })), 'waits for a person’s approval of staging.'],
  ['held', of('promoting', refused({ reason: 'held: branch protection' })), 'production: held: branch protection.'],
  ['told no', of('promoting', refused({ reason: 'the approval is void: SECRET' })), 'the page says for what.'],
  ['moved on', of('watching', refused({})), 'in production, and watched.'],
  ['ended', of('held', { waiting: 'SECRET' }), 'held for a person.'],
])('%s', (_, release, words) => {
  const text = progressOf(release)
  expect(text.split('\n')[0]).toContain(words)
  expect(text).not.toContain('SECRET')
})

test('what was merged, tested and seen is in it as numbers', () => {
  const verdict = { answer: 'healthy' as const, why: 'SECRET' }
  const soak = { ...fine, probes: { sent: 60, failed: 0, p50: 1, p95: 2 }, verdict }
  const text = progressOf(of('watching', { ...SHIPPED, stagingSmoke: { passed: 3, failed: 0 }, soak, watch: soak }))
  expect(text.split('\n').slice(2)).toEqual([
    '- Staging: merged as aaaaaaaaaaaa, 3 smoke tests passed and 0 failed, 60 probes sent and 0 failed: healthy.',
    '- Production: merged as bbbbbbbbbbbb, 60 probes sent: healthy.',
  ])
  expect(text).not.toContain('SECRET')
})

const back = (kind: Back['kind'], undone: Back['undone']): ReleaseFacts => ({
  back: { kind, why: 'w', from: 'watching', lane: 'production', at: '', turn: 1, ...(undone && { undone }) },
})

test.each<[string, ReturnType<typeof of>, [string, string][]]>([
  ['nothing is built', of('staging', { stagingSha: 'a' }), []],
  ['being built', of('staging', MERGED), [['staging', 'in_progress']]],
  ['serving staging', of('soaking', MERGED), [['staging', 'success']]],
  [
    'promoting',
    of('promoting', SHIPPED),
    [
      ['staging', 'success'],
      ['production', 'in_progress'],
    ],
  ],
  [
    'out',
    of('cured', SHIPPED),
    [
      ['staging', 'success'],
      ['production', 'success'],
    ],
  ],
  [
    'on its way back',
    of('rolling-back', { ...SHIPPED, soak: fine, watch: fine, ...back('unhealthy', { production: 'x' }) }),
    [
      ['staging', 'success'],
      ['production', 'inactive'],
    ],
  ],
  [
    'taken back before it served',
    of('rolled-back', { ...MERGED, ...back('failed', { production: 'x', main: 'x', staging: 'x', branch: 'x' }) }),
    [['staging', 'failure']],
  ],
  [
    'held where it was',
    of('held', { ...SHIPPED, watch: fine, soak: fine }),
    [
      ['staging', 'success'],
      ['production', 'success'],
    ],
  ],
])('deployments, %s', (_, release, expected) => {
  const shown = deploymentsOf(release, '/x')
  expect(shown.map(({ environment, state }) => [environment, state])).toEqual(expected)
  expect(shown.every(({ key, environment }) => key === `release:3:${environment}`)).toBe(true)
})
