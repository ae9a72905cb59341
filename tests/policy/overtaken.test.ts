import { expect, test } from 'vitest'
import type { ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { OVERTAKEN, overtakenBy } from '../../lib/policy/overtaken.ts'

const base = { sha: 'base', tree: 'tree' }
const merged = { sha: 'merged', tree: 'tree' }
const other = { sha: 'other', tree: 'other tree' }
const lost = { sha: 'lost', tree: null }

test.each<[ReleaseState, ReleaseFacts, typeof base | typeof lost, boolean]>([
  ['staging', {}, base, false],
  ['staging', {}, merged, false],
  ['staging', {}, other, true],
  ['staging', {}, lost, true],
  ['soaking', {}, base, false],
  ['soaking', {}, other, true],
  ['promoting', {}, base, false],
  ['promoting', {}, merged, false],
  ['promoting', {}, other, true],
  // From its merge on it moves production itself.
  ['promoting', { mainSha: 'm' }, other, false],
  ['watching', { mainSha: 'm' }, other, false],
  ['rolling-back', {}, other, false],
  ['cured', {}, other, false],
  ['held', {}, other, false],
  ['rolled-back', {}, other, false],
])('%s with %j while production runs %j: overtaken is %s', (state, facts, serving, overtaken) => {
  expect(overtakenBy({ state, facts }, base, serving)).toBe(overtaken ? OVERTAKEN : null)
})
