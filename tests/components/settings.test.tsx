import { expect, test } from 'vitest'
import { Answers } from '../../components/answers.tsx'
import { ProjectForm } from '../../components/projectForm.tsx'
import { SettingsForm } from '../../components/settingsForm.tsx'
import { SettingsShown } from '../../components/settingsShown.tsx'
import { settingGroups, settingProblems } from '../../components/settingWords.ts'
import { Settings } from '../../lib/domain/project.ts'
import { SETTING_FIELDS } from '../../lib/domain/settingFields.ts'
import { html, words } from './markup.tsx'
import { HOSTILE } from './sample.ts'

const settings = Settings.parse({ repository: 'acme/shop', app: 'shop', notify: { emailTo: ['ada@example.com'] } })
const seen = '0'.repeat(32)
const form = html(
  <Answers zone="UTC">
    <SettingsForm fields={SETTING_FIELDS} project="shop" settings={settings} seen={seen} />
  </Answers>,
)

test('every setting is asked for by name, with what is there now, and with the password', () => {
  for (const { key } of SETTING_FIELDS) expect(form).toContain(`name="${key}"`)
  expect(form).toContain('value="acme/shop"')
  expect(form).toContain('value="ada@example.com"')
  expect(form).toContain('name="password"')
  expect(words(form)).toContain('Staging domain')
})

test('each has a name of its own, in a group with a title', () => {
  const groups = settingGroups(SETTING_FIELDS)
  expect(groups.flatMap(({ fields }) => fields.filter(({ name, key }) => name === key))).toEqual([])
  expect(groups.map(({ title }) => title)).toEqual(expect.arrayContaining(['Quiet hours', 'What goes where']))
  expect(groups.filter(({ id, title }) => id === title)).toEqual([])
  const said = 'settings.notify.routes.issue-found: not a channel'
  expect([...settingProblems(SETTING_FIELDS, said).keys()]).toEqual(['notify.routes.issue-found'])
})

test('whoever may only look sees the same, and no field', () => {
  const shown = html(<SettingsShown fields={SETTING_FIELDS} settings={{ ...settings, app: HOSTILE.script }} />)
  expect(words(shown)).toContain('Repository acme/shop')
  expect(shown).not.toMatch(/<input|<script/)
})

test('a further project is asked for where its code is and what it is called, and no more', () => {
  const shown = html(
    <Answers zone="UTC">
      <ProjectForm fields={SETTING_FIELDS} />
    </Answers>,
  )
  expect(shown).toContain('name="slug"')
  expect(shown).toContain('name="repository"')
  expect(shown).not.toContain('name="vercel.project"')
})

test('a refusal is said at the field it is about', () => {
  const said = 'settings.vercel.domain: a host without a scheme; settings.notify.emailTo.1: Invalid email; what: ever'
  expect([...settingProblems(SETTING_FIELDS, said)]).toEqual([
    ['vercel.domain', 'a host without a scheme'],
    ['notify.emailTo', 'Invalid email'],
  ])
})

test('a setting nobody has words for is asked for by its key', () => {
  const field = { key: 'gitlab.project', kind: 'text' as const, choices: [], needed: true }
  expect(settingGroups([field])).toMatchObject([
    { id: 'gitlab', title: 'gitlab', fields: [{ name: 'gitlab.project' }] },
  ])
})
