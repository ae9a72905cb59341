import { SETTING_FIELDS } from '../../lib/domain/settingFields.ts'
import { settingAt, settingsFrom } from '../../lib/domain/settingText.ts'
import { type Command, parsed, say, told, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { remote } from '../remote.ts'
import { inWords, settingsAt } from '../settings/shown.ts'

const KEYS = SETTING_FIELDS.map(({ key }) => key)

export const settings: Command = {
  does: 'shows where a project’s code and app live and whom it tells, or changes that; needs the owner’s password',
  usage: `settings [show]
nightshift settings set <key> <value> [<key> <value> …] [--password-stdin]
nightshift settings unset <key> [<key> …] [--password-stdin]

Keys: ${KEYS.join(', ')}.
Several values of one key are parted by commas. What belongs together is set in one go, as in
  nightshift settings set vercel.project prj_… vercel.domain shop.example.com vercel.staging.domain staging.example.com
Passwords and tokens are no settings: they are in the environment of the server.`,
  async run(argv) {
    const { values, words } = parsed(argv, { 'password-stdin': { type: 'boolean' } }, { least: 0, most: 100 })
    const [what = 'show', ...rest] = words
    const typed = what === 'show' ? {} : changes(what, rest)
    const far = await remote(values.url)
    const shown = await settingsAt(far, values.project)
    if (what === 'show') {
      say(values.json, shown, inWords(shown))
      return 0
    }
    const wanted = settingsFrom(SETTING_FIELDS, shown.settings, typed)
    const password = await askPassword(values['password-stdin'])
    const { project, seen } = shown
    return told(
      values.json,
      await far.decide('settings', { project, settings: wanted, seen }, { password }),
      ({ answer }) => [
        answer === 'already' ? 'Nothing changed: it is set so already.' : `Set for ${project}:`,
        ...Object.keys(typed).map((key) => `  ${key}: ${settingAt(wanted, key) || '–'}`),
      ],
    )
  },
}

/** What was typed, by key. */
function changes(what: string, words: string[]): Record<string, string> {
  if (what !== 'set' && what !== 'unset') throw new Usage(`It is show, set or unset, not ${what}.`)
  const step = what === 'set' ? 2 : 1
  if (words.length === 0 || words.length % step !== 0) throw new Usage('Each key needs a value.')
  const typed: Record<string, string> = {}
  for (let i = 0; i < words.length; i += step) {
    const key = words[i]!
    if (!KEYS.includes(key)) throw new Usage(`There is no setting ${key}.`)
    typed[key] = what === 'set' ? words[i + 1]! : ''
  }
  return typed
}
