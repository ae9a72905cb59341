import { z } from 'zod'
import { Settings } from './project.ts'
import type { SettingField } from './settingText.ts'

type Schema = {
  type?: string
  enum?: unknown[]
  items?: Schema
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  /** Of a record: which keys it may have, and what stands at each. */
  propertyNames?: Schema
  additionalProperties?: Schema | boolean
}

/** Read off the schema, so that a setting that comes is asked for without another line anywhere. */
export const SETTING_FIELDS: readonly SettingField[] = fieldsOf(
  z.toJSONSchema(Settings, { io: 'input', unrepresentable: 'any' }) as Schema,
)

function fieldsOf({ properties = {}, required = [] }: Schema, above = ''): SettingField[] {
  return Object.entries(properties).flatMap(([name, given]): SettingField[] => {
    const key = above + name
    // What may be nothing at all is asked for as if it were there, and is not there where nothing is typed.
    const schema = given.anyOf?.find(({ type }) => type !== 'null') ?? given
    const group = schema.properties ? schema : recordOf(schema)
    if (group) return fieldsOf(group, `${key}.`)
    const choices = (schema.enum ?? []).map(String)
    return [{ key, kind: kindOf(schema), choices, needed: required.includes(name) }]
  })
}

/** A record with known keys, as a group that has each of them. */
function recordOf({ propertyNames, additionalProperties: each }: Schema): Schema | null {
  if (!propertyNames?.enum || typeof each !== 'object') return null
  return { properties: Object.fromEntries(propertyNames.enum.map((name) => [String(name), each])) }
}

function kindOf({ type, enum: choices, items }: Schema): SettingField['kind'] {
  if (choices) return 'choice'
  if (type === 'array') return isNumber(items?.type) ? 'numbers' : 'list'
  if (type === 'boolean') return 'switch'
  return isNumber(type) ? 'number' : 'text'
}

function isNumber(type: string | undefined): boolean {
  return type === 'number' || type === 'integer'
}
