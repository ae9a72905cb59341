import { SETTING_FIELDS } from '../../lib/domain/settingFields.ts'
import { settingsFrom } from '../../lib/domain/settingText.ts'
import { type Command, parsed, refused, say, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { isRefusal, remote } from '../remote.ts'
import { settingsAt } from '../settings/shown.ts'

export const project: Command = {
  does: 'adds a project, at level 1, and says where its SDKs send events; needs the owner’s password',
  usage: `project add <slug> --repository <where> --app <name at the host> [--name <text>] [--password-stdin]

The slug is what the project is called in addresses and after --project: lower-case letters, digits and hyphens.
Everything else about it is set with nightshift settings set.`,
  async run(argv) {
    const options = {
      'password-stdin': { type: 'boolean' },
      repository: { type: 'string' },
      app: { type: 'string' },
      name: { type: 'string' },
    } as const
    const { values, words } = parsed(argv, options, { least: 2, most: 2 })
    const [what, slug = ''] = words
    if (what !== 'add') throw new Usage(`A project is added, not ${what}ed: project add <slug>.`)
    const { repository, app } = values
    if (!repository || !app) throw new Usage('Say where its code is (--repository) and what its host calls it (--app).')
    const far = await remote(values.url)
    const password = await askPassword(values['password-stdin'])
    const body = { slug, name: values.name ?? slug, settings: settingsFrom(SETTING_FIELDS, {}, { repository, app }) }
    const answer = await far.decide('project', body, { password })
    if (isRefusal(answer)) return refused(values.json, answer)
    const { dsn } = await settingsAt(far, slug)
    say(values.json, { ...answer, dsn }, [
      `${slug} is there, at level 1.`,
      `  DSN for the error SDK of the app: ${dsn}`,
      `  what is still missing: nightshift doctor --project ${slug}`,
    ])
    return 0
  },
}
