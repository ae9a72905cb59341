import { describe, expect, test } from 'vitest'
import type { Severity } from '../../lib/domain/issue.ts'
import { type NoticeKind, ROUTED } from '../../lib/domain/notice.ts'
import { NotifySettings } from '../../lib/domain/notifySettings.ts'
import { type Passing, type PassingFacts, passingOf } from '../../lib/policy/passing.ts'

const at = (text: string) => new Date(`2026-${text}Z`)
const NIGHT = { quiet: { from: '22:00', to: '07:00' } }
/** The night from Monday 1 June to Tuesday in London, an hour ahead of UTC. */
const THREE = '06-02T02:00'
const facts = (
  kind: NoticeKind,
  severity: Severity | null,
  now: string,
  more: Omit<Partial<PassingFacts>, 'notify'> & { notify?: object } = {},
): PassingFacts => ({
  ...{ kind, severity, at: at(now), channel: 'slack', open: ['slack', 'email'], zone: 'Europe/London' },
  ...{ handedOver: null, now: at(now), ...more },
  notify: NotifySettings.parse(more.notify ?? NIGHT),
})
const said = (answer: Passing) =>
  answer.answer === 'hold' ? `hold ${answer.until.toISOString().slice(5, 16)}` : answer.answer

/** Quiet ends at 06:00Z; the hand-over is at 08:00Z, and what it does not tell leaves half an hour after it. */
const END = 'hold 06-02T06:00'
const HAND_OVER = 'hold 06-02T08:30'

describe('at three in the morning', () => {
  const TABLE: Record<
    Exclude<NoticeKind, 'hand-over' | 'weekly-review' | 'paused'>,
    [p0: string, p1: string, rest: string]
  > = {
    'issue-found': ['go', 'go', HAND_OVER],
    'approval-wanted': ['go', 'go', END],
    answered: ['go', 'go', 'go'],
    deployed: ['go', HAND_OVER, HAND_OVER],
    cured: ['go', HAND_OVER, HAND_OVER],
    'rolled-back': ['go', 'go', HAND_OVER],
    escalated: ['go', 'go', END],
  }
  for (const [kind, [p0, p1, rest]] of Object.entries(TABLE))
    test.each<[Severity | null, string]>([
      ['P0', p0],
      ['P1', p1],
      ['P2', rest],
      ['P3', rest],
      ['P4', rest],
      [null, rest],
    ])(`${kind} of %s`, (severity, expected) => {
      expect(said(passingOf(facts(kind as NoticeKind, severity, THREE)))).toBe(expected)
    })

  test.each<[NoticeKind, string]>([
    ['paused', HAND_OVER],
    ['hand-over', END],
    ['weekly-review', END],
  ])('%s', (kind, expected) => {
    expect(said(passingOf(facts(kind, null, THREE)))).toBe(expected)
  })

  test('where only P0 wakes, P1 waits too', () => {
    const notify = { quiet: { ...NIGHT.quiet, wakes: 'P0' } }
    expect(said(passingOf(facts('approval-wanted', 'P1', THREE, { notify })))).toBe(END)
    expect(said(passingOf(facts('approval-wanted', 'P0', THREE, { notify })))).toBe('go')
  })
})

test.each<[string, PassingFacts, string]>([
  ['a moment before the hours', facts('cured', 'P2', '06-01T20:59:59.999'), 'go'],
  ['as they begin', facts('cured', 'P2', '06-01T21:00'), HAND_OVER],
  ['as they end, what asks leaves', facts('approval-wanted', 'P2', '06-02T06:00', { at: at(THREE) }), 'go'],
  ['a moment before it does not', facts('approval-wanted', 'P2', '06-02T05:59:59.999', { at: at(THREE) }), END],
  [
    'as they end, what the hand-over tells waits for it',
    facts('cured', 'P2', '06-02T06:00', { at: at(THREE) }),
    HAND_OVER,
  ],
  [
    'and is not told again',
    facts('cured', 'P2', '06-02T08:00:10', { at: at(THREE), handedOver: at('06-02T08:00') }),
    'skip',
  ],
  [
    'a hand-over from before it does not count',
    facts('cured', 'P2', '06-02T08:10', { at: at(THREE), handedOver: at('06-01T08:00') }),
    HAND_OVER,
  ],
  ['one that was not made: it leaves by itself', facts('cured', 'P2', '06-02T08:30', { at: at(THREE) }), 'go'],
  [
    'what came by day and could not leave is held too',
    facts('escalated', 'P2', '06-01T21:30', { at: at('06-01T20:00') }),
    END,
  ],
  [
    'what came by day is not in doubt by day',
    facts('cured', 'P2', '06-02T12:00', { at: at('06-02T11:00'), handedOver: at('06-02T11:30') }),
    'go',
  ],
  ['the night before a day without a hand-over', facts('cured', 'P2', '06-06T02:00'), 'hold 06-06T06:00'],
  [
    'a quiet weekend, until Monday’s',
    facts('cured', 'P2', '06-06T12:00', { notify: { quiet: { ...NIGHT.quiet, allDay: [6, 7] } } }),
    'hold 06-08T08:30',
  ],
  [
    'and what asks until Monday at seven',
    facts('approval-wanted', 'P3', '06-06T12:00', { notify: { quiet: { ...NIGHT.quiet, allDay: [6, 7] } } }),
    'hold 06-08T06:00',
  ],
  [
    'a hand-over in the quiet leaves when it ends',
    facts('cured', 'P2', THREE, { notify: { ...NIGHT, handOver: { at: '06:00' } } }),
    'hold 06-02T06:30',
  ],
  [
    'no hand-over: when quiet ends',
    facts('cured', 'P2', THREE, { notify: { ...NIGHT, handOver: { on: false } } }),
    END,
  ],
  [
    'a hand-over this channel does not get',
    facts('cured', 'P2', THREE, { notify: { ...NIGHT, routes: { 'hand-over': ['email'] } } }),
    END,
  ],
  ['nothing is quiet', facts('cured', 'P2', THREE, { notify: {} }), 'go'],
  ['it was, and is not any more', facts('cured', 'P2', THREE, { notify: {}, at: at('06-02T01:00') }), 'go'],
  ['it became grave', facts('approval-wanted', 'P0', THREE, { at: at('06-01T22:00') }), 'go'],
  ['in a zone nobody knows', facts('escalated', 'P2', '06-01T23:00', { zone: 'Europe/Atlantis' }), 'hold 06-02T07:00'],
  ['the night clocks go back', facts('escalated', 'P2', '10-25T02:00'), 'hold 10-25T07:00'],
  ['the night clocks go forward', facts('escalated', 'P2', '03-29T02:00'), 'hold 03-29T06:00'],
])('%s', (_, given, expected) => {
  expect(said(passingOf(given))).toBe(expected)
})

const routed = (kind: NoticeKind, severity: Severity | null, routes: object, more: Partial<PassingFacts> = {}) =>
  (['slack', 'email'] as const).filter(
    (channel) =>
      passingOf({ ...facts(kind, severity, '06-01T12:00', { notify: { routes } }), ...more, channel }).answer === 'go',
  )

test.each<[string, NoticeKind, Severity | null, object, string[]]>([
  ['nothing said', 'cured', 'P2', {}, ['slack', 'email']],
  ['one', 'cured', 'P2', { cured: ['email'] }, ['email']],
  ['the inbox alone', 'cured', 'P2', { cured: [] }, []],
  ['another kind’s', 'cured', 'P2', { deployed: [] }, ['slack', 'email']],
  ['somebody has to know', 'approval-wanted', 'P3', { 'approval-wanted': [] }, ['slack', 'email']],
  ['somebody has to look', 'escalated', 'P3', { escalated: [] }, ['slack', 'email']],
  ['P0 is always told', 'cured', 'P0', { cured: [] }, ['slack', 'email']],
  ['P0 keeps its route where there is one', 'cured', 'P0', { cured: ['slack'] }, ['slack']],
  ['an answer goes everywhere', 'answered', 'P2', { 'approval-wanted': ['slack'] }, ['slack', 'email']],
])('routes: %s', (_, kind, severity, routes, expected) => {
  expect(routed(kind, severity, routes)).toEqual(expected)
})

test('a channel this server does not have is none: what asks takes the one there is', () => {
  const only = { open: ['slack'] as const }
  expect(routed('approval-wanted', 'P2', { 'approval-wanted': ['email'] }, only)).toEqual(['slack'])
  expect(routed('cured', 'P2', { cured: ['email'] }, only)).toEqual([])
})

test('whatever the settings, the hour and the kind: P0 goes at once, and nothing is held for more than eight days', () => {
  for (const zone of ['Europe/London', 'Pacific/Kiritimati'])
    for (const quiet of [
      NIGHT.quiet,
      { from: '06:00', to: '05:59' },
      { from: '09:00', to: '18:00', allDay: [1, 2, 3, 4, 5, 6] },
    ])
      for (const handOver of [{}, { at: '03:00' }, { days: [3] }, { on: false }])
        for (let hour = 0; hour < 9 * 24; hour += 31) {
          const now = new Date(at('10-20T00:00').getTime() + hour * 3_600_000)
          for (const kind of [...ROUTED, 'answered'] as NoticeKind[]) {
            const given = { ...facts(kind, 'P2', THREE, { notify: { quiet, handOver }, zone }), at: now, now }
            expect(passingOf({ ...given, severity: 'P0' }).answer).toBe('go')
            const answer = passingOf(given)
            if (answer.answer !== 'hold') continue
            expect(answer.until.getTime() - now.getTime()).toBeLessThanOrEqual(8 * 86_400_000)
            // When its time has come it leaves, whether a hand-over was made or not.
            expect(passingOf({ ...given, now: answer.until }).answer).not.toBe('skip')
          }
        }
})
