import { expect, test } from 'vitest'
import { AREAS, type Look, scopesFinding } from '../../lib/domain/finding.ts'
import type { SourceReading } from '../../lib/domain/source.ts'
import {
  ago,
  byArea,
  drivenFinding,
  hintFinding,
  inSum,
  sourceFinding,
  successFinding,
  verdictOf,
} from '../../lib/policy/findings.ts'

const look = (state: Look['state'], area: Look['area'] = 'code', name: string = state): Look => ({
  state,
  area,
  name,
  detail: 'd',
  project: null,
})
const NOW = new Date('2026-11-20T03:12:00Z')
const before = (ms: number) => new Date(NOW.getTime() - ms)
const MINUTE = 60_000
const HOUR = 60 * MINUTE

test('areas come in the order of setting up, and in each what fails comes first; nothing is lost', () => {
  const looks = [
    look('ok', 'clock'),
    look('ok'),
    look('note'),
    look('fails'),
    look('note', 'database'),
    look('ok', 'code', 'other'),
  ]
  const found = byArea(looks)
  expect(found.map(({ area, state }) => [area, state])).toEqual([
    ['database', 'note'],
    ['code', 'fails'],
    ['clock', 'ok'],
  ])
  expect(found[1]?.looks.map(({ name }) => name)).toEqual(['fails', 'note', 'ok', 'other'])
  expect(found.flatMap((one) => one.looks)).toHaveLength(looks.length)
  expect(byArea(AREAS.map((area) => look('ok', area)))).toHaveLength(AREAS.length)
})

test('the whole is as well as its worst part, and says so in a sentence', () => {
  expect(verdictOf([])).toBe('ok')
  expect(verdictOf([look('ok'), look('note')])).toBe('note')
  expect(inSum([look('ok')])).toBe('Everything is well.')
  expect(inSum([look('ok'), look('note')])).toBe('Everything works; 1 could be better.')
  expect(inSum([look('fails'), look('ok'), look('note')])).toBe('1 of the 3 things looked at fails.')
  expect(inSum([look('fails'), look('fails')])).toBe('2 of the 2 things looked at fail.')
})

test.each<[number | null, Look['state'], string]>([
  [null, 'fails', 'nothing has ever called it'],
  [0, 'ok', 'last called 0 s ago'],
  [14 * MINUTE, 'ok', 'last called 14 min ago'],
  [16 * MINUTE, 'note', 'last called 16 min ago'],
  [25 * HOUR, 'note', 'last called 25 h ago'],
  [27 * HOUR, 'fails', 'nothing has called it for 27 h'],
])('a watcher that was called %s ms ago: %s', (ms, state, detail) => {
  const found = drivenFinding('watcher', ms === null ? null : before(ms), NOW)
  expect(found).toMatchObject({ state, detail })
  if (state === 'ok') expect(found.todo).toBeUndefined()
  else expect(found.todo).toContain('/api/cron/watcher')
})

test('what came and what was done are told by when, and never having been is no failure', () => {
  expect(hintFinding('GitHub', null, NOW)).toMatchObject({ state: 'note', detail: 'nothing has come yet' })
  expect(hintFinding('GitHub', before(HOUR), NOW)).toMatchObject({ state: 'ok', detail: 'last heard 1 h ago' })
  expect(successFinding('last push', null, NOW)).toMatchObject({ state: 'note', detail: 'not yet' })
  expect(successFinding('last push', before(3 * HOUR), NOW)).toMatchObject({ state: 'ok', detail: '3 h ago' })
})

test.each<[SourceReading['state'], Look['state']]>([
  ['ok', 'ok'],
  ['limited', 'note'],
  ['unreachable', 'note'],
  ['unauthorized', 'fails'],
  ['forbidden', 'fails'],
  ['missing', 'fails'],
])('a source that is %s: %s', (state, expected) => {
  const reading = { kind: 'sentry', state, why: state === 'ok' ? null : 'because', readUntil: before(MINUTE) }
  const found = sourceFinding(reading as SourceReading, NOW)
  expect(found.state).toBe(expected)
  expect(found.detail).toContain('1 min ago')
  if (expected === 'fails') expect(found.todo).toBeTruthy()
})

test.each([
  [-5, '0 s'],
  [59_000, '59 s'],
  [HOUR - 1, '60 min'],
  [HOUR, '1 h'],
  [47 * HOUR, '47 h'],
  [72 * HOUR, '3 days'],
])('%d ms are %s', (ms, said) => {
  expect(ago(ms)).toBe(said)
})

test('what is never allowed comes before what is missing, and that before what is too much', () => {
  const scopes = { needs: ['a:read', 'b:write'], may: ['c:read'], never: ['x:write'] }
  const at = (...has: string[]) => scopesFinding('permissions', { ...scopes, has }, 'the settings')
  expect(at('x:write', 'a:read')).toMatchObject({ state: 'fails', todo: 'Take x:write away in the settings.' })
  expect(at('a:read', 'd:read')).toMatchObject({ state: 'fails', todo: 'Add b:write in the settings.' })
  expect(at('a:read', 'b:write', 'd:read', 'e:read')).toMatchObject({
    state: 'note',
    todo: 'Take d:read and e:read away in the settings.',
  })
  expect(at('a:read', 'b:write', 'c:read')).toMatchObject({ state: 'ok' })
})
