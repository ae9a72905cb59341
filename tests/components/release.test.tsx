import { expect, test } from 'vitest'
import { ladderOf } from '../../components/ladder.ts'
import { ReleaseChapter } from '../../components/releaseChapter.tsx'
import type { Release, ReleaseState } from '../../lib/domain/release.ts'
import { html, words } from './markup.tsx'
import { effects, release, watch } from './sampleRelease.ts'

const shown = (one: Release | null): string =>
  words(html(<ReleaseChapter release={one} effects={effects} audit={[]} zone="Europe/London" />))
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
  ['rolling-back', ['done', 'done', 'done', 'done', 'turned']],
  ['rolled-back', ['done', 'done', 'done', 'done', 'turned']],
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

test('the pull requests it goes by are named, opened or merged', () => {
  const pull = { number: 7, link: '', branch: 'b', head: 'h', draft: false, at: '' }
  const says = (facts: object) => ladderOf(release('staging', { facts }), effects).map((rung) => rung.says)
  expect(says({ pulls: { staging: pull } })[1]).toBe('Opened, pull request 7')
  const merged = says({
    stagingSha: 'ab'.repeat(20),
    mainSha: 'cd'.repeat(20),
    pulls: { staging: pull, production: pull },
  })
  expect(merged[1]).toBe('Merged and deployed at abababa, pull request 7')
  expect(merged[3]).toBe('Merged and promoted at cdcdcdc, pull request 7')
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
  expect(shown(release('soaking'))).toMatch(/Production Not yet Watch Not yet What left/)
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

const turnedFrom = (from: ReleaseState): string[] => {
  const one = release('rolled-back')
  return states({ ...one, facts: { ...one.facts, back: { ...one.facts.back!, from } } })
}

test.each<[ReleaseState, string[]]>([
  ['soaking', ['done', 'done', 'turned', 'ahead', 'ahead']],
  ['promoting', ['done', 'done', 'done', 'turned', 'ahead']],
  ['held', ['done', 'done', 'done', 'done', 'turned']],
  ['cured', ['done', 'done', 'done', 'done', 'turned']],
])('taken back from %s, the ladder turns there', (from, expected) => {
  expect(turnedFrom(from)).toEqual(expected)
})

test('the way back: why, when, and each step in order with what was read back', () => {
  const text = shown(release('rolling-back'))
  expect(text).toContain('Watch Turned back here')
  expect(text).toMatch(
    /The way back It was not healthy, 20 Nov, 04:08:00 : A new error was seen 3 times\. Done What production serves Production serves 9b1c2d3 again and answers its health check\. Not yet The production branch Not yet What staging serves Not yet The staging branch$/,
  )
  expect(shown(release('rolled-back'))).toMatch(
    /Done The production branch .* Done What staging serves .* Done The staging/,
  )
})

test('a step that was never needed is not owed once it is over', () => {
  const one = release('rolled-back')
  const facts = { ...one.facts, back: { ...one.facts.back!, undone: {} } }
  expect(shown({ ...one, facts })).toContain('Nothing What production serves')
})

test('a no of the gate is told with its reasons, and whether an approval or the clock is waited for', () => {
  const no = { kind: 'merge', target: 'production', reason: 'outside its window' } as const
  const at = (asks: boolean) => ({ ...release('promoting').facts, refused: { ...no, why: ['It is night.'], asks } })
  expect(shown(release('promoting', { facts: at(false) }))).toContain(
    'The gate said no to merge to production: outside its window. It is night. It is tried again by itself.',
  )
  expect(shown(release('promoting', { facts: at(true) }))).toContain('It waits for an approval.')
})

test('what the tree gate wants seen stands above the ladder', () => {
  const gate = { policyVersion: 1, answer: 'needs-approval', why: ['package.json: Declares dependencies.'] } as const
  const facts = { ...release('soaking').facts, gate: { ...gate, why: [...gate.why] } }
  expect(shown(release('soaking', { facts }))).toContain('asks for a person’s approval: package.json: Declares')
})

test('a release that was asked again says how often', () => {
  expect(shown(release('unexposed'))).toContain('Asked again 1 time')
})

test('without a release the chapter says so', () => {
  expect(shown(null)).toBe('Release Nothing is on its way to production.')
})
