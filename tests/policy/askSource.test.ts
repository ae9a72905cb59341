import { expect, test } from 'vitest'
import { askSourceIn } from '../../lib/policy/askSource.ts'

const now = new Date('2026-11-29T03:00:00Z')
const trouble = (again: string | null) => ({
  state: again ? ('limited' as const) : ('unreachable' as const),
  why: 'w',
  again: again === null ? null : new Date(again),
})

test.each<[string, Parameters<typeof askSourceIn>[0], number, number]>([
  ['all well', { more: false, trouble: null }, 0, 30_000],
  ['a gap to fill', { more: true, trouble: null }, 0, 2_000],
  ['a first failure', { more: false, trouble: trouble(null) }, 1, 30_000],
  ['a second', { more: false, trouble: trouble(null) }, 2, 60_000],
  ['a fourth', { more: false, trouble: trouble(null) }, 4, 240_000],
  ['a fifth, and no longer', { more: false, trouble: trouble(null) }, 5, 300_000],
  ['a thousandth', { more: false, trouble: trouble(null) }, 1000, 300_000],
  ['a limit', { more: false, trouble: trouble('2026-11-29T03:10:00Z') }, 3, 600_000],
  ['a limit that is over', { more: true, trouble: trouble('2026-11-29T02:00:00Z') }, 1, 0],
])('%s', (_, poll, fails, inMs) => expect(askSourceIn(poll, fails, now)).toBe(inMs))
