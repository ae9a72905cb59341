import type { Shown } from '../../lib/actions/issueStory.ts'
import { type Command, parsed, refused, say, Usage } from '../command.ts'
import { isRefusal, remote } from '../remote.ts'
import { claimsOf } from '../show/claims.ts'
import { sourcesOf } from '../show/sources.ts'

export const show: Command = {
  does: 'an issue’s story, each claim with a mark of what it rests on, and all of that below',
  usage: `show <issue>

  Marks like [event 1], [frame 1], [commit 5f0d3ac], [run 3] and [audit 44] are told in the list at the end.`,
  async run(argv) {
    const { values, words } = parsed(argv, {}, { least: 1, most: 1 })
    if (!/^[1-9]\d{0,8}$/.test(words[0]!)) throw new Usage(`${words[0]} is no issue’s number.`)
    const far = await remote(values.url)
    const answer = await far.get(`show/${words[0]}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    const told = answer as unknown as Shown
    say(values.json, told, values.json ? [] : [...claimsOf(told), '', ...sourcesOf(told)])
    return 0
  },
}
