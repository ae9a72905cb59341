import { expect, test } from 'vitest'
import { HandOvers } from '../../components/handOvers.tsx'
import { NotifyNow } from '../../components/notifyNow.tsx'
import { NotifySettings } from '../../lib/domain/notifySettings.ts'
import { daysInWords, notifyInWords } from '../../lib/domain/notifyWords.ts'
import type { HandOver, Summary } from '../../lib/domain/summary.ts'
import { html, words } from './markup.tsx'
import { minutesAgo } from './sampleIssue.ts'

const nothing: HandOver = {
  ...{ parts: { waiting: [], overdue: [], cured: [], released: [], rolledBack: [], failed: [] }, held: 0, moving: 0 },
  ...{ leftAlone: 0, findings: 0, more: 0, paused: false, news: false },
  cost: { money: { usd: 0, calls: 0 }, proofs: { n: 0, seconds: 0 }, probes: 0, promotions: { today: 0, cap: 10 } },
}
const handOver = (period: string, content: Partial<HandOver> = {}, more: Partial<Summary> = {}): Summary =>
  ({
    ...{ kind: 'hand-over', period, since: minutesAgo(1440), until: minutesAgo(0), zone: 'Europe/London' },
    ...{ quiet: false, told: true, content: { ...nothing, ...content }, ...more },
  }) as Summary
const page = (summaries: Summary[]) => html(<HandOvers summaries={summaries} zone="Europe/London" />)
const item = { issue: 7, severity: 'P2', todo: 'approve', lateMs: 0 } as const

test('the newest is told in full, with links to its issues, and the others under their names', () => {
  const markup = page([
    handOver('2026-11-30', { parts: { ...nothing.parts, waiting: [item] } }),
    handOver('2026-11-27', { parts: { ...nothing.parts, cured: [{ ...item, issue: 5, todo: null }] } }),
  ])
  const text = words(markup)
  expect(text).toContain('Hand-over of Monday 30 November 1 waiting for you.')
  expect(text).toContain('Waiting for you (1) Issue 7 (P2): approve or reject its fix')
  expect(markup).toContain('href="/dashboard/agent-control/issues/7"')
  expect(markup.indexOf('<details')).toBeGreaterThan(markup.indexOf('issues/7'))
  expect(markup).toMatch(/<summary>Hand-over of Friday 27 November<\/summary>/)
})

test('one that nobody was told of says so, and without any there is a line', () => {
  expect(words(page([handOver('2026-11-30', {}, { quiet: true, told: false })]))).toContain(
    'told to nobody, as it was quiet.',
  )
  expect(words(page([]))).toContain('The first hand-over has not been made.')
})

const told = (notify: object) => Object.fromEntries(notifyInWords(NotifySettings.parse(notify), 'Europe/London'))

test('how people are told, in words: as it is without a setting', () => {
  expect(told({})).toEqual({
    Slack: ['in the channel of this server, if it has one'],
    Mail: ['to whom this server writes, if it does'],
    'Hand-over': ['at 09:00, Monday to Friday, Europe/London'],
    'Weekly review': ['on Monday at 09:00, Europe/London'],
    'Quiet hours': ['none: everything is told at once'],
    Routes: ['everything takes every channel'],
  })
})

test('and with all of them', () => {
  const all = told({
    ...{ slackChannel: 'C0NIGHT01', emailTo: ['a@b.example'], routes: { cured: ['email'], deployed: [] } },
    quiet: { from: '22:00', to: '07:00', allDay: [6, 7], wakes: 'P0' },
    handOver: { at: '08:30', days: [1, 2, 3, 4, 5, 6, 7], evenQuiet: false },
    weekly: { on: false },
  })
  expect(all).toMatchObject({
    Slack: ['in the channel C0NIGHT01'],
    Mail: ['to a@b.example'],
    'Hand-over': ['at 08:30, every day, Europe/London', 'nothing where there is nothing to tell'],
    'Weekly review': ['none'],
    Routes: ['A fix is in production: the inbox alone', 'Cured: mail', 'everything else takes every channel'],
  })
  expect(all['Quiet hours']?.slice(0, 2)).toEqual([
    '22:00 to 07:00, Europe/London, and all Saturday and Sunday',
    'P0 is told at any hour',
  ])
  expect(words(html(<NotifyNow notify={NotifySettings.parse({})} zone="UTC" />))).toContain('How you are told')
})

test.each([
  [[1, 2, 3, 4, 5], 'Monday to Friday'],
  [[4, 1], 'Monday and Thursday'],
  [[7, 6, 5, 4, 3, 2, 1], 'every day'],
  [[3], 'Wednesday'],
])('days %j are %s', (days, expected) => {
  expect(daysInWords(days)).toBe(expected)
})
