import { type Command, parsed, told, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { remote } from '../remote.ts'

export const link: Command = {
  does: 'says who a member of Slack or GitHub is here, so that they decide there; needs the owner’s password',
  usage: `link <member id>  | link --github <name>    [--person <number>] [--password-stdin]

The member id is in their profile in Slack, and in what Nightshift answers somebody it does not know. Without
--person it is the owner’s own. They decide in Slack what their role lets them decide in the control room. On
GitHub their approving review of a pull request’s very head approves it up to where it goes.`,
  async run(argv) {
    const options = {
      'password-stdin': { type: 'boolean' },
      person: { type: 'string' },
      github: { type: 'string' },
    } as const
    const { values, words } = parsed(argv, options, { least: 0, most: 1 })
    const named = whom(words[0], values.github)
    if (values.person !== undefined && !/^[1-9]\d{0,8}$/.test(values.person))
      throw new Usage(`${values.person} is no person’s number.`)
    const far = await remote(values.url)
    const password = await askPassword(values['password-stdin'])
    const about = { ...named.about, ...(values.person && { person: Number(values.person) }) }
    return told(values.json, await far.decide('link', about, { password }), () => [`${named.name} is linked.`])
  },
}

function whom(slackId: string | undefined, github: string | undefined): { name: string; about: object } {
  if ((slackId === undefined) === (github === undefined))
    throw new Usage('Name a member id of Slack, or --github and a name there.')
  if (github !== undefined) {
    if (!/^[a-z0-9](?:-?[a-z0-9]){0,38}$/i.test(github)) throw new Usage(`${github} is no name on GitHub.`)
    return { name: github, about: { github } }
  }
  if (!/^[UW][A-Z0-9]{2,20}$/.test(slackId!)) throw new Usage(`${slackId} is no member id, such as U0123ABCD.`)
  return { name: slackId!, about: { slackId } }
}
