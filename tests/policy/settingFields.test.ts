import { expect, test } from 'vitest'
import { Settings } from '../../lib/domain/project.ts'
import { SETTING_FIELDS } from '../../lib/domain/settingFields.ts'
import { settingAt, settingsFrom } from '../../lib/domain/settingText.ts'

const BASE = { repository: '/r', app: 'shop' }

test('every setting of the schema is one that can be set', () => {
  const keys = SETTING_FIELDS.map(({ key }) => key)
  expect(keys).toEqual(expect.arrayContaining(['repository', 'branches.staging', 'vercel.staging.domain']))
  expect(SETTING_FIELDS.find(({ key }) => key === 'notify.emailTo')?.kind).toBe('list')
  expect(SETTING_FIELDS.find(({ key }) => key === 'app')?.needed).toBe(true)
})

test('what is typed comes back as it was typed, group by group', () => {
  const typed = {
    ...{ 'vercel.project': 'prj_1', 'vercel.domain': 'a.example.com', 'vercel.staging.domain': 's.example.com' },
    'notify.emailTo': 'ada@example.com,  bob@example.com',
  }
  const made = Settings.parse(settingsFrom(SETTING_FIELDS, BASE, typed))
  expect(made.notify?.emailTo).toEqual(['ada@example.com', 'bob@example.com'])
  expect(settingAt(made, 'vercel.staging.domain')).toBe('s.example.com')
  expect(settingAt(made, 'notify.emailTo')).toBe('ada@example.com, bob@example.com')
  expect(settingAt(made, 'sentry.project')).toBe('')
})

test('days are numbers, a record is asked for by its keys, and what may be nothing by its parts', () => {
  const kinds = new Map(SETTING_FIELDS.map(({ key, kind }) => [key, kind]))
  expect(kinds.get('notify.handOver.days')).toBe('numbers')
  expect(kinds.get('notify.quiet.wakes')).toBe('choice')
  expect([...kinds.keys()].filter((key) => key.startsWith('notify.routes.')).length).toBeGreaterThan(3)
  const was = Settings.parse(BASE)
  const all = Object.fromEntries(SETTING_FIELDS.map(({ key }) => [key, settingAt(was, key)]))
  expect(Settings.parse(settingsFrom(SETTING_FIELDS, was, all))).toEqual(was)
  const quiet = { 'notify.quiet.from': '22:00', 'notify.quiet.to': '07:00', 'notify.quiet.allDay': '6, 7' }
  const made = Settings.parse(settingsFrom(SETTING_FIELDS, was, { ...all, ...quiet }))
  expect(made.notify.quiet).toEqual({ from: '22:00', to: '07:00', allDay: [6, 7], wakes: 'P1' })
})

test('what is left empty is not set, and a group without anything is gone', () => {
  const was = Settings.parse({ ...BASE, sentry: { project: 'shop' }, notify: { slackChannel: 'C0SHOP01' } })
  const made = settingsFrom(SETTING_FIELDS, was, { 'sentry.project': ' ', 'notify.slackChannel': '', app: 'other' })
  expect(made).toEqual({ ...Settings.parse(BASE), app: 'other' })
  expect(was.sentry).toEqual({ project: 'shop' })
})

test('a key nobody knows changes nothing', () => {
  expect(settingsFrom(SETTING_FIELDS, BASE, { __proto__: 'x', 'constructor.name': 'x', token: 'x' })).toEqual(BASE)
})
