import { ROUTED } from '@/lib/domain/notice.ts'
import { KIND_NAMES } from '@/lib/domain/notifyWords.ts'
import type { SettingField } from '@/lib/domain/settingText.ts'

const DAYS = 'Days by their numbers, 1 is Monday, parted by commas.'
const ROUTES = 'slack, email, or both parted by a comma; all there are where empty.'

/** What a setting is called and what to know about it; one that is not here is asked for by its key. */
const WORDS: Record<string, [name: string, hint?: string]> = {
  repository: ['Repository', 'owner/name on GitHub; otherwise its address, or a path on this machine.'],
  'branches.production': ['Production branch', 'main where nothing is said.'],
  'branches.staging': ['Staging branch', 'staging where nothing is said.'],
  app: ['App', 'What it is called where it is deployed.'],
  'vercel.project': ['Vercel project', 'Its id, prj_…, in the project’s settings there.'],
  'vercel.domain': ['Production domain', 'What users reach, without https://.'],
  'vercel.staging.domain': ['Staging domain', 'A domain of no branch: builds take turns at it.'],
  'vercel.staging.environment': ['Custom environment', 'Its slug, where staging has variables of its own.'],
  'sentry.project': ['Sentry project', 'Its slug.'],
  'sentry.repository': ['Repository in Sentry', 'owner/name, where Sentry was linked to it.'],
  'notify.slackChannel': ['Slack channel', 'Its id, such as C0123ABCD; the server’s where empty.'],
  'notify.emailTo': ['Mail to', 'Addresses, parted by commas; the server’s where empty.'],
  'supabase.ref': ['Supabase project', 'Its reference, the twenty letters in its address: the one production uses.'],
  'notify.quiet.from': ['From', 'A time such as 22:00; what is grave leaves all the same.'],
  'notify.quiet.to': ['To', 'A time such as 07:00.'],
  'notify.quiet.allDay': ['Quiet all day', DAYS],
  'notify.quiet.wakes': ['Wakes', 'The least grave that is told at once; P0 always is.'],
  'notify.handOver.on': ['Told'],
  'notify.handOver.at': ['At', 'A time of the project’s zone, such as 09:00.'],
  'notify.handOver.days': ['On', DAYS],
  'notify.handOver.evenQuiet': ['Also after a night without anything'],
  'notify.weekly.on': ['Told'],
  'notify.weekly.at': ['At', 'A time of the project’s zone, such as 09:00.'],
  'notify.weekly.day': ['On', DAYS],
  'notify.weekly.evenQuiet': ['Also where there is nothing to tell'],
  ...Object.fromEntries(ROUTED.map((kind) => [`notify.routes.${kind}`, [KIND_NAMES[kind], ROUTES]])),
}

const GROUPS: Record<string, string> = {
  code: 'Code and app',
  vercel: 'Vercel',
  sentry: 'Sentry',
  supabase: 'Supabase',
  notify: 'Whom it tells',
  'notify.routes': 'What goes where',
  'notify.quiet': 'Quiet hours',
  'notify.handOver': 'The hand-over',
  'notify.weekly': 'The weekly review',
}

/** What stands alone and where branches are belongs together; what has parts of parts is a group of its own. */
function groupOf(key: string): string {
  const [first = '', second, third] = key.split('.')
  if (second === undefined || first === 'branches') return 'code'
  return third !== undefined && first === 'notify' ? `${first}.${second}` : first
}

export interface AskedSetting extends SettingField {
  name: string
  hint: string | undefined
}

/** Settings as the page asks for them: together what belongs together. */
export function settingGroups(
  fields: readonly SettingField[],
): { id: string; title: string; fields: AskedSetting[] }[] {
  const groups = new Map<string, AskedSetting[]>()
  for (const field of fields) {
    const id = groupOf(field.key)
    const [name, hint] = WORDS[field.key] ?? [field.key]
    groups.set(id, [...(groups.get(id) ?? []), { ...field, name, hint }])
  }
  return [...groups].map(([id, fields]) => ({ id, title: GROUPS[id] ?? id, fields }))
}

/** What the server refused, by the key it is about: `settings.vercel.domain: …; …`. */
export function settingProblems(fields: readonly SettingField[], detail: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const one of detail.split('; ')) {
    const [, path = '', message = ''] = /^(?:settings\.)?([\w.-]+): (.*)$/s.exec(one) ?? []
    const field = fields.find(({ key }) => path === key || path.startsWith(`${key}.`) || key.startsWith(`${path}.`))
    if (field) found.set(field.key, [found.get(field.key), message].filter(Boolean).join('; '))
  }
  return found
}
