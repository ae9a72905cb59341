'use client'
import { type SettingField, settingAt } from '@/lib/domain/settingText.ts'
import { Ask } from './ask.tsx'
import { type AskedSetting, settingGroups } from './settingWords.ts'

interface Props {
  fields: readonly SettingField[]
  settings: object
  problems: Map<string, string>
  /** Groups to ask for; all of them where nothing is said. */
  only?: string[]
}

export function SettingFields({ fields: all, settings, problems, only }: Props) {
  return settingGroups(all)
    .filter(({ id }) => only?.includes(id) ?? true)
    .map(({ id, title, fields }) => (
      <fieldset key={id} className="setting-group">
        <legend className="ask-name">{title}</legend>
        <div className="asks asks-two">
          {fields.map((field) => (
            <Ask key={field.key} name={field.name} hint={field.hint} problem={problems.get(field.key)}>
              {(look) => <Field look={look} field={field} value={settingAt(settings, field.key)} top={id === 'code'} />}
            </Ask>
          ))}
        </div>
      </fieldset>
    ))
}

interface FieldOf {
  look: object
  field: AskedSetting
  value: string
  /** Not in a group that may be left out as a whole. */
  top: boolean
}

function Field({ look, field: { key, kind, choices, needed }, value, top }: FieldOf) {
  const given = kind === 'switch' ? ['true', 'false'] : choices
  if (given.length > 0)
    return (
      <select {...look} name={key} defaultValue={value}>
        {['', ...given].map((one) => (
          <option key={one} value={one}>
            {one || '–'}
          </option>
        ))}
      </select>
    )
  return (
    <input
      {...look}
      name={key}
      type={kind === 'number' ? 'number' : 'text'}
      defaultValue={value}
      required={needed && top}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
