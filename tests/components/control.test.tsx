import { expect, test } from 'vitest'
import { Control, type Controlled } from '../../components/control.tsx'
import type { Project } from '../../lib/domain/project.ts'
import { desk, html, LOOKS, MAY, words } from './markup.tsx'
import { HOSTILE } from './sample.ts'
import { minutesAgo, project } from './sampleIssue.ts'

const control = (over: Partial<Controlled> = {}, standing: Partial<Project> = {}): string =>
  html(
    <Control
      desk={{ ...desk, project: project(standing) }}
      halted={false}
      inFlight={[]}
      releases={[]}
      may={MAY}
      {...over}
    />,
  )

const call = { key: 'k', kind: 'promote', target: 'production', at: minutesAgo(1), overdue: false }
const paused = { pausedAt: minutesAgo(3), pausedBy: 'Ines', pausedWhy: 'a bad feeling' }
const soaking = { id: 3, issue: 12, state: 'soaking' } as const

test('at work, with nothing on its way', () => {
  expect(words(control())).toMatch(/^Control At work Nothing is on its way\. Pause… No call is under way right now\./)
})

test('paused: since when, by whom, and why', () => {
  const text = words(control({}, paused))
  expect(text).toContain('Paused Since 20 Nov, 04:07 by Ines : a bad feeling Nothing is on its way. Resume…')
  expect(text).not.toContain('Pause…')
  expect(words(control({}, { ...paused, pausedWhy: '' }))).toContain('by Ines . Nothing')
})

test('draining: how many calls, and each by name with the time and whether its end is unknown', () => {
  const text = words(control({ inFlight: [call, { ...call, key: 'l', overdue: true }] }, paused))
  expect(text).toContain('Draining: 2 calls under way Paused since 20 Nov, 04:07 by Ines')
  expect(text).toContain('Calling: promote to production since 20 Nov, 04:09:00: not answered yet.')
  expect(text).toContain('since 20 Nov, 04:09:00: its end is unknown, and the far side is asked about it.')
})

test('a kill switch that is on is said, whatever else holds', () => {
  expect(words(control({ halted: true }))).toContain('The kill switch is on: this server changes nothing outside')
  expect(words(control())).not.toContain('kill switch')
})

test('before a pause: what is on its way, and what happens to it', () => {
  const text = words(control({ inFlight: [call] }))
  expect(text).toContain('Right now 1 call is under way: promote to production. A pause waits for that up to 5 seconds')
})

test('with releases under way there are two offers, and the one that takes back needs a reason', () => {
  const none = control()
  expect(words(none)).not.toContain('Roll back and pause')
  const one = control({ releases: [soaking] })
  expect(words(one)).toContain('Under way: issue 12 (soaking)')
  expect(words(one)).toContain('The release under way stays where it is.')
  expect(words(one)).toContain('Or pause, and take the release back at once')
  expect(one.match(/required=""[^>]*name="why"/g)).toHaveLength(1)
  const two = words(control({ releases: [soaking, { ...soaking, id: 4, state: 'watching' }] }))
  expect(two).toContain('Both releases under way stay where they are.')
  expect(two).toContain('take both releases back at once')
})

test('resuming asks for the password again; pausing never does', () => {
  expect(control({}, paused)).toMatch(/type="password"/)
  expect(control()).not.toMatch(/type="password"/)
})

test('whoever only looks sees how things stand and no form', () => {
  const markup = control({ may: LOOKS, releases: [soaking] })
  expect(words(markup)).toContain('At work Under way: issue 12 (soaking) Level 2: auto-fix low risk')
  expect(words(markup)).toMatch(/You may look. Owners and operators decide.$/)
  expect(markup).not.toContain('<form')
  expect(control({ may: LOOKS }, paused)).not.toContain('<form')
})

test('the level in force, its table, and the change', () => {
  const text = words(control({}, { level: 1 }))
  expect(text).toContain('Level 1: propose What each level may do alone')
  expect(text).toContain('Change the level… From level 1 to Level 2: auto-fix low risk.')
})

test('who paused and why stay text', () => {
  const text = Object.values(HOSTILE).join(' ')
  expect(control({}, { pausedAt: minutesAgo(1), pausedBy: text, pausedWhy: text })).not.toMatch(/<script|<img/)
})
