'use client'
import { useState } from 'react'
import { type SettingField, settingsFrom } from '@/lib/domain/settingText.ts'
import { Ask } from './ask.tsx'
import { Decision } from './decision.tsx'
import { SettingFields } from './settingFields.tsx'
import { typedIn } from './settingsForm.tsx'
import { settingProblems } from './settingWords.ts'

/** A further project; what is not asked for here is set on its own page. */
export function ProjectForm({ fields }: { fields: readonly SettingField[] }) {
  const [problems, setProblems] = useState(new Map<string, string>())
  return (
    <Decision
      verb="project"
      about={{}}
      read={(form) => {
        const { slug, name, ...typed } = typedIn(form)
        return { slug, name, settings: settingsFrom(fields, {}, typed) }
      }}
      submit="Add the project"
      sending="Adding…"
      tone="main"
      password
      onAnswer={(sent) => setProblems(settingProblems(fields, String(sent?.body.detail ?? '')))}
    >
      <div className="asks asks-two">
        <Ask name="Name">{(field) => <input {...field} name="name" required maxLength={80} autoComplete="off" />}</Ask>
        <Ask name="Short name" hint="In addresses: lower-case letters, digits and hyphens.">
          {(field) => <input {...field} name="slug" required pattern="[a-z0-9][a-z0-9\-]{0,39}" autoComplete="off" />}
        </Ask>
      </div>
      <SettingFields fields={fields} settings={{}} problems={problems} only={['code']} />
    </Decision>
  )
}
