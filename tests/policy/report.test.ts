import { expect, test } from 'vitest'
import type { CureAnswer, Refusal } from '../../lib/domain/release.ts'
import type { ReportSection } from '../../lib/domain/report.ts'
import type { ReportFacts, ReportStrand } from '../../lib/policy/reportFacts.ts'
import { clinic, entered, noteOf, only, placed, strand } from './reports.ts'
import { after, diagnosis, drafting, issue, proven, refused } from './stages.ts'

const closed = (closedAs: 'cured' | 'archived', at = after(25)) => issue({ state: 'closed', closedAs, closedAt: at })
const cure = (sentence: string) => ({ cure: { sentence } as CureAnswer })
const refusal: Refusal = { kind: 'merge', target: 'production', reason: 'no approval', why: [], asks: true }
const ships = (over: Partial<ReportStrand>) => strand({ diagnosis: diagnosis(), fixes: [proven(1)], ...over })

/** A strand for every stage there is, the section it belongs to, and the stage it is there by. */
const STAGES: [ReportSection, string, ReportStrand, Partial<ReportFacts>?][] = [
  ['leftAlone', 'noticed', strand({ issue: issue({ severity: 'P4' }) })],
  ['moving', 'diagnosing', strand()],
  ['moving', 'fixing', strand({ diagnosis: diagnosis() })],
  ['moving', 'fixing', strand({ diagnosis: diagnosis(), fixes: [refused(1), drafting(2)] })],
  ['failed', 'fixing', strand({ diagnosis: diagnosis(), fixes: [refused(1)] })],
  ['failed', 'fixing', ships({ fixes: [proven(1, { withdrawn: true, withdrawnWhy: 'no' })] })],
  ['waiting', 'needs-person', ships({ fixes: [refused(1), refused(2), refused(3)] })],
  ['waiting', 'needs-person', strand({ diagnosis: diagnosis({ cause: 'inconclusive', remedy: 'needs-person' }) })],
  ['waiting', 'no-code-cause', strand({ diagnosis: diagnosis({ cause: 'no-code-cause', remedy: 'needs-person' }) })],
  ['leftAlone', 'no-code-cause', strand({ diagnosis: diagnosis({ cause: 'no-code-cause', remedy: 'ignore' }) })],
  ['leftAlone', 'no-code-cause', strand({ diagnosis: diagnosis({ cause: 'no-code-cause', remedy: 'rerun' }) })],
  ['waiting', 'waiting-for-you', ships({}), { project: clinic({ level: 1 }) }],
  ['waiting', 'waiting-for-you', ships({ release: entered('promoting', { refused: refusal }) })],
  ['moving', 'proven', ships({})],
  ['moving', 'staging', ships({ release: entered('staging') })],
  ['moving', 'soaking', ships({ release: entered('soaking') })],
  ['moving', 'promoting', ships({ release: entered('promoting') })],
  ['moving', 'watching', ships({ release: entered('watching') })],
  ['moving', 'unexposed', ships({ release: entered('unexposed', cure('1 expected, 0 seen')) })],
  ['rolledBack', 'rolling-back', ships({ release: entered('rolling-back') })],
  ['rolledBack', 'rolled-back', ships({ release: entered('rolled-back') })],
  [
    'waiting',
    'needs-person',
    ships({ fixes: [refused(1), refused(2), proven(3)], release: entered('rolled-back', {}, 'fix-3') }),
  ],
  ['failed', 'relapsed', ships({ release: entered('relapsed', cure('17 expected, 2 seen: it is back')) })],
  ['waiting', 'held', ships({ release: entered('held') })],
  ['leftAlone', 'archived', strand({ issue: closed('archived') })],
  ['cured', 'cured', ships({ issue: closed('cured'), release: entered('cured', cure('17 expected, 0 seen')) })],
  ['cured', 'cured', strand({ issue: closed('cured') })],
]

test.each(STAGES)('%s: %s', (section, stage, one, over) => {
  expect(placed(noteOf([one], over))).toEqual([[section, 1]])
  const item = only(one, over)
  expect(item.stage).toBe(stage)
  expect(item.todo !== null).toBe(section === 'waiting')
})

test('the table knows every stage', () => {
  const known =
    'noticed diagnosing fixing proven waiting-for-you needs-person no-code-cause archived staging soaking promoting watching rolling-back cured unexposed relapsed rolled-back held'
  expect(new Set(STAGES.map(([, stage]) => stage))).toEqual(new Set(known.split(' ')))
})

test('every issue is in one section, gravest first, then newest', () => {
  const strands = STAGES.map(([, , one], i) => ({ ...one, issue: { ...one.issue, id: i + 1 } }))
  const places = placed(noteOf(strands))
  expect(places.map(([, id]) => id).toSorted((a, b) => a - b)).toEqual(strands.map(({ issue }) => issue.id))
  const grave = (id: number, severity: 'P1' | 'P2', minutes: number) =>
    strand({ issue: issue({ id, severity, firstSeen: after(minutes) }) })
  expect(noteOf([grave(1, 'P2', 1), grave(2, 'P2', 5), grave(3, 'P1', 0)]).sections.moving.map((i) => i.issue)).toEqual(
    [3, 2, 1],
  )
})

const before = (strandOver: Partial<ReportStrand>) =>
  noteOf([strand({ issue: closed('cured', after(5)), ...strandOver })], { since: after(10) })

test('what was over before the note begins is not told; what is open still is, and is said to be from before', () => {
  expect(placed(before({}))).toEqual([])
  expect(placed(before({ issue: closed('archived', after(5)) }))).toEqual([])
  expect(placed(before({ issue: closed('cured', after(10)) }))).toEqual([['cured', 1]])
  const open = noteOf([strand()], { since: after(10) })
  expect(open.sections.moving[0]).toMatchObject({ before: true })
  expect(open.headline).toBe('Nothing new. Still open from before: 1 on the way.')
  expect(only(strand(), { since: after(0) }).before).toBe(false)
})

test('an unexposed release that nobody asks again is over', () => {
  const asked = (askAt: string | null) => ships({ release: entered('unexposed', { askAt }) })
  const later = { since: after(25) }
  expect(placed(noteOf([asked('2026-11-04T03:00:00Z')], later))).toEqual([['moving', 1]])
  expect(placed(noteOf([asked(null)], later))).toEqual([])
  expect(placed(noteOf([asked(null)]))).toEqual([['moving', 1]])
})

test('a rollback of something cured long ago is this night’s news; one that is over is not', () => {
  const back = (state: 'rolling-back' | 'rolled-back') =>
    ships({ issue: closed('cured', after(5)), release: entered(state) })
  expect(placed(noteOf([back('rolled-back')], { since: after(10) }))).toEqual([['rolledBack', 1]])
  expect(placed(noteOf([back('rolled-back')], { since: after(25) }))).toEqual([])
  expect(placed(noteOf([back('rolling-back')], { since: after(25) }))).toEqual([['rolledBack', 1]])
})

test('echoes of an old version are told: with a cure of this night, or as left alone', () => {
  const echoes = new Map([[1, 4]])
  const old = noteOf([strand({ issue: closed('cured', after(5)) })], { since: after(10), echoes })
  expect(placed(old)).toEqual([['leftAlone', 1]])
  expect(old.sections.leftAlone[0]?.sentence).toBe(
    'Cured: the error stopped. Since then 4 errors came from versions without the cure: counted, and nothing was opened.',
  )
  expect(placed(noteOf([strand({ issue: closed('cured') })], { echoes }))).toEqual([['cured', 1]])
  expect(only(strand({ issue: closed('cured') }), { echoes: new Map([[1, 1]]) }).sentence).toContain('1 error came')
})

test('a cure is told with what was expected and seen', () => {
  const one = ships({ issue: closed('cured'), release: entered('cured', cure('17 expected, 0 seen')) })
  expect(only(one).sentence).toBe('Cured: 17 expected, 0 seen. Nothing is left to do.')
})

test('an empty night is one line', () => {
  expect(noteOf([]).headline).toBe('A quiet night: nothing happened, and nothing is open.')
  expect(noteOf([], { more: 3 }).headline).toBe('Nothing new. Still open from before: 3 older ones are open.')
  expect(noteOf([strand(), ships({ release: entered('held') })]).headline).toBe('1 waiting for you, 1 on the way.')
})
