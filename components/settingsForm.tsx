'use client'
import { useState } from 'react'
import { type SettingField, settingsFrom } from '@/lib/domain/settingText.ts'
import { Changed } from './changed.tsx'
import { Decision } from './decision.tsx'
import type { Sent } from './request.ts'
import { useSeen } from './seen.ts'
import { SettingFields } from './settingFields.tsx'
import { settingProblems } from './settingWords.ts'

export interface Standing {
  fields: readonly SettingField[]
  project: string
  settings: object
  /** Of what is stored, so that a change of somebody else's is not overwritten. */
  seen: string
}

export const typedIn = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))

/** All settings of a project at once. */
export function SettingsForm(now: Standing) {
  const { seen: was, changed, look } = useSeen(now)
  const [problems, setProblems] = useState(new Map<string, string>())
  const settle = (sent: Sent) => {
    setProblems(settingProblems(was.fields, sent?.body.code === 'MALFORMED' ? String(sent.body.detail) : ''))
    if (sent?.body.ok === true) look()
  }
  return (
    <Decision
      key={was.seen}
      verb="settings"
      about={{ project: was.project, seen: was.seen }}
      read={(form) => ({ settings: settingsFrom(was.fields, was.settings, typedIn(form)) })}
      submit="Save"
      sending="Saving…"
      tone="main"
      password
      disabled={changed}
      onAnswer={settle}
    >
      <SettingFields fields={was.fields} settings={was.settings} problems={problems} />
      <p className="text-soft">Passwords and tokens are no settings: they are in the environment of the server.</p>
      {changed ? <Changed what="set otherwise. Going on leaves out what you typed" look={look} /> : null}
    </Decision>
  )
}
