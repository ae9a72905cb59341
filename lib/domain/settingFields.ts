import { z } from 'zod'
import { Settings } from './project.ts'
import type { SettingField } from './settingText.ts'

type Schema = {
  type?: string
  enum?: unknown[]
  properties?: Record<string, Schema>
  required?: string[]
}

/** Read off the schema, so that a setting that comes is asked for without another line anywhere. */
export const SETTING_FIELDS: readonly SettingField[] = fieldsOf(
  z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as Schema,
)

function fieldsOf({ properties = {}, required = [] }: Schema, above = ''): SettingField[] {
  return Object.entries(properties).flatMap(([name, schema]): SettingField[] => {
    const key = above + name
    if (schema.properties) return fieldsOf(schema, `${key}.`)
    const choices = (schema.enum ?? []).map(String)
    return [{ key, kind: kindOf(schema), choices, needed: required.includes(name) }]
  })
}

function kindOf({ type, enum: choices }: Schema): SettingField['kind'] {
  if (choices) return 'choice'
  if (type === 'array') return 'list'
  if (type === 'boolean') return 'switch'
  return type === 'number' || type === 'integer' ? 'number' : 'text'
}
