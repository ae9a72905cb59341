import { expect, test } from 'vitest'
import { nextPage } from '../../../lib/adapters/sentry/link.ts'
import {
  closed,
  cursorOf,
  FIRST_MS,
  FURTHEST_MS,
  OVERLAP_MS,
  type Pass,
  passFrom,
  passOf,
} from '../../../lib/adapters/sentry/pass.ts'
import { againAt, troubleOf } from '../../../lib/adapters/sentry/trouble.ts'

const NOW = Date.parse('2026-11-20T03:00:00Z')
const MINUTE = 60_000
const failing = { issue: '7', since: NOW - 9, page: null, size: 100, tries: 1 }
const read = (more: Partial<Pass> = {}): Pass => ({
  ...{ ...passFrom(NOW - 60 * MINUTE), until: NOW, pages: 1, listed: true },
  ...more,
})

test.each([
  ['none', null],
  ['no JSON', '{'],
  ['another shape', '{"since":"yesterday"}'],
  ['an issue that leads elsewhere', cursorOf(read({ todo: [{ ...failing, issue: '../../x' }] }))],
  ['pages of no size', cursorOf(read({ todo: [{ ...failing, size: 0 }] }))],
])('a cursor that is %s begins a day back', (_, cursor) => {
  expect(passOf(cursor, NOW)).toEqual(passFrom(NOW - FIRST_MS))
})

test('a cursor goes on where it stood, and reaches no further back than events are kept', () => {
  expect(passOf(cursorOf(read()), NOW)).toEqual(read())
  const old = passOf(cursorOf(read({ since: 5, from: 7 })), NOW)
  expect([old.since, old.from]).toEqual([NOW - FURTHEST_MS, NOW - FURTHEST_MS])
})

test('a stretch reaches into the one before, and says silence only of what has settled', () => {
  const { pass, readUntil, ends } = closed(read())
  expect(pass).toEqual(passFrom(NOW - OVERLAP_MS))
  expect(OVERLAP_MS).toBeGreaterThanOrEqual(5 * MINUTE)
  expect(readUntil).toBeLessThanOrEqual(NOW - 10_000)
  expect(ends).toBe(true)
})

test('while an issue fails there is no silence, and after several pages what moved is looked at again', () => {
  expect(closed(read({ todo: [failing] }))).toMatchObject({ readUntil: null, pass: { todo: [failing] } })
  const again = closed(read({ pages: 2 }))
  expect(again).toMatchObject({ readUntil: null, ends: false })
  expect(again.pass).toMatchObject({ since: NOW - 60 * MINUTE, from: NOW - OVERLAP_MS, until: null })
})

const link = (results: string, more = '') =>
  `<https://s/?cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", <https://s/${more}>; rel="next"; results="${results}"; cursor="0:100:0"`

test('the next page is there where results say so, of a header of a sane length', () => {
  expect(nextPage(link('true'))).toBe('0:100:0')
  expect(nextPage(link('false'))).toBeNull()
  expect(nextPage(null)).toBeNull()
  expect(nextPage(link('true', 'x'.repeat(8192)))).toBeNull()
})

test('a limit is waited for a second at least and an hour at most, whatever is named', () => {
  const wait = (headers: Record<string, string>) => againAt(new Headers(headers), NOW).getTime() - NOW
  expect(wait({ 'x-sentry-rate-limit-reset': String(NOW / 1000 + 90) })).toBe(90_000)
  expect(wait({ 'retry-after': '7' })).toBe(7000)
  for (const past of ['-5', '0', 'soon']) expect(wait({ 'retry-after': past })).toBe(1000)
  expect(wait({ 'retry-after': '9999999' })).toBe(3_600_000)
})

test('what Sentry says is shown as text and cut; 404 alone is gone, and a limit declines nothing', () => {
  const said = troubleOf(403, new Headers(), `\u001b[2J${'x'.repeat(9000)}`, NOW)
  expect(said.trouble.why).not.toContain('\u001b')
  expect(said.trouble.why.length).toBeLessThan(400)
  const kinds = [400, 404, 429, 500].map((status) => troubleOf(status, new Headers(), null, NOW))
  expect(kinds.map(({ gone }) => gone)).toEqual([false, true, false, false])
  expect(kinds.map(({ declined }) => declined)).toEqual([true, true, false, false])
})
