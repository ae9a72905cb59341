import { expect, it } from 'vitest'
import { type Trouble, triedAgainIn } from '../../lib/policy/triedAgain.ts'

const NOW = new Date('2026-11-29T03:00:00Z')
const inMs = (trouble: Trouble, tries: number, more: { subject?: string; againIn?: number } = {}) => {
  const again = more.againIn === undefined ? null : new Date(NOW.getTime() + more.againIn)
  return triedAgainIn({ trouble, tries, again, subject: more.subject ?? 'issue:1' }, NOW)
}

it.each<[Trouble, number[]]>([
  ['passes', [2000, 4000, 8000, 16_000, 30_000, 30_000]],
  ['waits', [2000, 4000, 8000, 16_000, 32_000, 64_000]],
  ['ours', [2000, 4000, 3_600_000, 3_600_000, 3_600_000, 3_600_000]],
])('%s: %j', (trouble, expected) => {
  expect(expected.map((_, i) => inMs(trouble, i + 1))).toEqual(expected)
})

it('credentials that are not accepted are tried every five minutes at most, a thousand tries later as well', () => {
  expect([inMs('waits', 12), inMs('waits', 1000), inMs('passes', 1000)]).toEqual([300_000, 300_000, 30_000])
})

it('a release is never out of sight for longer than five minutes', () => {
  expect(inMs('ours', 7, { subject: 'release:4' })).toBe(300_000)
  expect(inMs('passes', 7, { subject: 'release:4' })).toBe(30_000)
})

it('whoever says when they want to be asked again is not asked before; for an hour at most', () => {
  expect(inMs('passes', 1, { againIn: 45_000 })).toBe(45_000)
  expect(inMs('passes', 9, { againIn: 1000 })).toBe(30_000)
  expect(inMs('passes', 1, { againIn: -5000 })).toBe(2000)
  expect(inMs('passes', 1, { againIn: 86_400_000 })).toBe(3_600_000)
})
