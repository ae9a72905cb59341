import { SETTING_FIELDS } from '../../lib/domain/settingFields.ts'
import { settingAt } from '../../lib/domain/settingText.ts'
import { refusalInWords } from '../command.ts'
import { only } from '../commands/status.ts'
import { isRefusal, type Remote } from '../remote.ts'

/** One project's settings as the server shows them. */
export interface Shown {
  project: string
  name: string
  settings: Record<string, unknown>
  /** What was shown, so that a change of somebody else's in between is not overwritten. */
  seen: string
  dsn: string
}

export async function settingsAt(far: Remote, slug: string | undefined): Promise<Shown> {
  const answer = await far.get(`setup${slug ? `?project=${encodeURIComponent(slug)}` : ''}`)
  if (isRefusal(answer)) throw new Error(refusalInWords(answer).join('\n'))
  return only(answer.projects as Shown[], slug, ({ project }) => project)
}

const WIDTH = 28

export function inWords({ project, name, settings, dsn }: Shown): string[] {
  const lines = SETTING_FIELDS.map(({ key }) => `  ${key.padEnd(WIDTH)}${settingAt(settings, key) || '–'}`)
  return [`${name} (${project})`, ...lines, `  ${'DSN'.padEnd(WIDTH)}${dsn}`]
}
