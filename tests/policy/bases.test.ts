import { expect, test } from 'vitest'
import type { Refusal, ReleaseFacts, ReleaseState } from '../../lib/domain/release.ts'
import { type Base, comingOf, standing, startOf, type UnderWay } from '../../lib/policy/bases.ts'

const commit = (name: string, tree: string | null = `tree of ${name}`): Base => ({ sha: name, tree })
const serving = commit('serving')
const under = (state: ReleaseState, facts: ReleaseFacts = { branchSha: 'ours' }, on = serving): UnderWay => ({
  release: { state, facts, severity: 'P3' },
  on,
  tree: 'proven',
})
const asks: Refusal = { kind: 'merge', target: 'production', reason: 'needs approval', why: [], asks: true }
const closed: Refusal = { ...asks, reason: 'outside its window', asks: false }
const ours = { sha: 'ours', tree: 'proven' }

test.each<[string, UnderWay[], Base | null]>([
  ['nothing is under way', [], null],
  ['it is on staging', [under('staging')], ours],
  ['it soaks', [under('soaking')], ours],
  ['it is about to be promoted', [under('promoting')], ours],
  ['it is merged and production has not moved yet', [under('promoting', { branchSha: 'ours', mainSha: 'm' })], ours],
  ['it has no branch yet', [under('staging', {})], null],
  ['it waits for a person before staging', [under('staging', { branchSha: 'ours', refused: asks })], null],
  ['it waits for a person before production', [under('promoting', { branchSha: 'ours', refused: asks })], null],
  ['it waits for the morning, as this one will', [under('promoting', { branchSha: 'ours', refused: closed })], ours],
  ['production moved on from under it', [under('soaking', { branchSha: 'ours' }, commit('older'))], null],
  ['its base is another commit with the same tree', [under('soaking', undefined, commit('x', serving.tree))], ours],
  ['it is there already', [under('watching')], null],
  ['it is on its way back', [under('rolling-back')], null],
  ['it has ended', [under('cured'), under('held'), under('overtaken')], null],
  [
    'the nearest to production comes first',
    [under('staging', { branchSha: 'far' }), under('soaking', { branchSha: 'nearer' }), under('promoting')],
    ours,
  ],
  [
    'one that waits for a person is passed over',
    [under('promoting', { branchSha: 'waits', refused: asks }), under('staging')],
    ours,
  ],
])('%s', (_, underWay, expected) => {
  expect(comingOf(serving, underWay, 'P2')).toEqual(expected)
  expect(startOf({ serving, coming: expected })).toEqual(expected ?? serving)
})

test('a repair that no hours bind does not stand on what waits for the morning', () => {
  const underWay = [under('promoting', { branchSha: 'waits', refused: closed })]
  expect(comingOf(serving, underWay, 'P1')).toBeNull()
  expect(comingOf(serving, [...underWay, under('soaking')], 'P1')).toEqual(ours)
})

test.each<[string, Base, Base | null, string]>([
  ['the very commit', serving, null, 'serving'],
  ['the same tree', commit('x', serving.tree), ours, 'serving'],
  ['what comes', commit('ours', 'proven'), ours, 'coming'],
  ['the tree of what comes', commit('x', 'proven'), ours, 'coming'],
  ['what would have come', commit('ours', 'proven'), null, 'gone'],
  ['another commit', commit('x'), ours, 'gone'],
  ['a commit the repository lost', commit('x', null), ours, 'gone'],
  ['a lost commit is itself', commit('serving', null), null, 'serving'],
])('%s stands', (_, base, coming, expected) => {
  expect(standing(base, { serving, coming })).toBe(expected)
})

test('two lost commits are not one', () => {
  expect(standing(commit('x', null), { serving: commit('y', null), coming: null })).toBe('gone')
})
