import { expect, test } from 'vitest'
import { ladderOf } from '../../components/ladder.ts'
import { ReleaseChapter } from '../../components/releaseChapter.tsx'
import type { Release, ReleaseState } from '../../lib/domain/release.ts'
import { html, words } from './markup.tsx'
import { effects, release, watch } from './sampleRelease.ts'

const shown = (one: Release | null): string =>
  words(html(<ReleaseChapter release={one} effects={effects} zone="Europe/London" />))
const states = (one: Release): string[] => ladderOf(one, effects).map((rung) => rung.state)

const DONE = ['done', 'done', 'done', 'done', 'done']
test.each<[ReleaseState, string[]]>([
  ['staging', ['now', 'ahead', 'ahead', 'ahead', 'ahead']],
  ['soaking', ['done', 'done', 'now', 'ahead', 'ahead']],
  ['promoting', ['done', 'done', 'done', 'now', 'ahead']],
  ['watching', ['done', 'done', 'done', 'done', 'now']],
  ['held', ['done', 'done', 'done', 'stopped', 'ahead']],
  ['cured', DONE],
  ['unexposed', DONE],
  ['relapsed', DONE],
  ['rolled-back', DONE],
])('%s stands on its rung', (state, expected) => {
  expect(states(release(state))).toEqual(expected)
})

test('on the way to staging, the branch is done once it has a commit', () => {
  const facts = { ...release('staging').facts, branchSha: 'ab'.repeat(20) }
  expect(states(release('staging', { facts }))).toEqual(['done', 'now', 'ahead', 'ahead', 'ahead'])
})

test('a held release without times stands where it began', () => {
  expect(states(release('held', { facts: { waiting: 'x' } }))).toEqual(['stopped', 'ahead', 'ahead', 'ahead', 'ahead'])
})

test('a push that was not confirmed gives no time', () => {
  const sending = effects.map((effect) => ({ ...effect, state: 'sending' }))
  expect(ladderOf(release('cured'), sending)[0]?.at).toBeNull()
  expect(ladderOf(release('cured'), effects)[0]?.at).toEqual(effects[0]?.at)
})

test('every rung says its state as a word, with time, n and verdict', () => {
  const text = shown(release('cured'))
  expect(text).toContain('Pushed Done 20 Nov, 03:16:00 agent/fix-3fa9c01d77be at aa11bb2')
  expect(text).toContain(
    'Staging Done 20 Nov, 03:16:00 Merged and deployed at bb11bb2 5 of 5 smoke requests as expected',
  )
  expect(text).toContain(
    'Soak Done 20 Nov, 03:18:00 62 probes, 0 failed; half within 9 ms, 95 % within 24 ms Healthy 62 probes sent',
  )
  expect(text).toContain('Merged and promoted at cc11bb2, after 9b1c2d3')
  expect(text).toContain('0 of 1,870 requests failed, 31 of 1,804 before; no new error Healthy')
})

test('what is ahead says so, and counts nothing', () => {
  expect(shown(release('soaking'))).toMatch(/Production Not yet Watch Not yet$/)
})

test('new errors and an unhealthy verdict are said', () => {
  const facts = {
    ...release('rolled-back').facts,
    watch: {
      ...watch(8, { newErrors: [3, 1] }),
      verdict: { answer: 'unhealthy' as const, why: 'a new error was seen 3 times' },
    },
  }
  expect(shown(release('rolled-back', { facts }))).toContain('2 new errors Unhealthy a new error was seen 3 times')
})

test('why it is held or waits stands above the ladder', () => {
  expect(shown(release('held'))).toContain('Held: staging differs from main by more than this fix')
  const facts = { ...release('promoting').facts, waiting: 'daily cap' }
  expect(shown(release('promoting', { facts }))).toContain('Waiting: daily cap')
})

test('a release that was asked again says how often', () => {
  expect(shown(release('unexposed'))).toContain('Asked again 1 time')
})

test('without a release the chapter says so', () => {
  expect(shown(null)).toBe('Release Nothing is on its way to production.')
})
