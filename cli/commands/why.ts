import type { Why } from '../../lib/actions/why.ts'
import { type Command, parsed, refused, say, Usage } from '../command.ts'
import { isRefusal, remote } from '../remote.ts'
import { headOf } from '../why/head.ts'
import { timelineOf } from '../why/timeline.ts'

export const why: Command = {
  does: 'why a release shipped, and what came of it, from the audit',
  usage: `why <release>

  Every decision with its reasons, policy and window, who approved, what was read back, and the numbers of both watches.`,
  async run(argv) {
    const { values, words } = parsed(argv, {}, { least: 1, most: 1 })
    if (!/^[1-9]\d{0,8}$/.test(words[0]!)) throw new Usage(`${words[0]} is no release’s number.`)
    const far = await remote(values.url)
    const answer = await far.get(`why/${words[0]}`)
    if (isRefusal(answer)) return refused(values.json, answer)
    const told = answer as unknown as Why
    say(values.json, told, values.json ? [] : [...headOf(told), '', ...timelineOf(told.timeline)])
    return 0
  },
}
