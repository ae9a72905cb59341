/** One setting of a project that a person can set: what the page asks for and the command line takes. */
export interface SettingField {
  /** As in `vercel.staging.domain`. */
  key: string
  kind: 'text' | 'number' | 'switch' | 'choice' | 'list' | 'numbers'
  choices: string[]
  /** Its group has to have it, where the group is there. */
  needed: boolean
}

/** What stands at a key, as a person would type it; empty where nothing does. */
export function settingAt(settings: object, key: string): string {
  const value = key
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | null | undefined)?.[name], settings)
  return Array.isArray(value) ? value.map(String).join(', ') : value === undefined ? '' : String(value)
}

/** Settings with what was typed at each key: what is left empty is not set, and a group without anything is not there. */
export function settingsFrom(
  fields: readonly SettingField[],
  was: object,
  typed: Record<string, string>,
): Record<string, unknown> {
  const made = structuredClone(was) as Record<string, unknown>
  for (const field of fields) {
    const text = typed[field.key]
    if (text !== undefined) put(made, field.key.split('.'), parsedAs(field, text.trim()))
  }
  return made
}

function parsedAs({ kind }: SettingField, text: string): unknown {
  if (text === '') return undefined
  const words = text.split(/[\s,]+/).filter(Boolean)
  if (kind === 'list') return words
  if (kind === 'numbers') return words.map(Number)
  if (kind === 'switch') return text === 'true' || text === 'on'
  return kind === 'number' ? Number(text) : text
}

function put(at: Record<string, unknown>, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete at[name]
    else at[name] = value
    return
  }
  const below = { ...(at[name] as Record<string, unknown> | undefined) }
  put(below, rest, value)
  if (Object.keys(below).length === 0) delete at[name]
  else at[name] = below
}
