import { type Command, parsed, told, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { remote } from '../remote.ts'

export const link: Command = {
  does: 'says who a member of Slack is here, so that they decide there; needs the owner’s password',
  usage: `link <member id> [--person <number>] [--password-stdin]

The member id is in their profile in Slack, and in what Nightshift answers somebody it does not know. Without
--person it is the owner’s own. They decide in Slack what their role lets them decide in the control room.`,
  async run(argv) {
    const options = { 'password-stdin': { type: 'boolean' }, person: { type: 'string' } } as const
    const { values, words } = parsed(argv, options, { least: 1, most: 1 })
    const slackId = words[0]!
    if (!/^[UW][A-Z0-9]{2,20}$/.test(slackId)) throw new Usage(`${slackId} is no member id, such as U0123ABCD.`)
    if (values.person !== undefined && !/^[1-9]\d{0,8}$/.test(values.person))
      throw new Usage(`${values.person} is no person’s number.`)
    const far = await remote(values.url)
    const password = await askPassword(values['password-stdin'])
    const about = { slackId, ...(values.person && { person: Number(values.person) }) }
    return told(values.json, await far.decide('link', about, { password }), () => [`${slackId} is linked.`])
  },
}
