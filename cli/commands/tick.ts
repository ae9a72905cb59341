import { type Command, parsed, told } from '../command.ts'
import { remote } from '../remote.ts'

interface Report {
  agent: string
  steps: number
  troubles: string[]
}

/** Four agents at fifty-five seconds, and the steps they have begun by then. */
const PATIENCE_MS = 600_000

export const tick: Command = {
  does: 'lets the agents, or one of them, look once, now (also: scan)',
  usage: 'tick [watcher|investigator|implementer|releaser]',
  async run(argv) {
    const { values, words } = parsed(argv, {}, { least: 0, most: 1 })
    const far = await remote(values.url)
    const body = words[0] ? { agent: words[0] } : {}
    return told(values.json, await far.decide('tick', body, { patienceMs: PATIENCE_MS }), ({ reports }) =>
      (reports as Report[]).flatMap(({ agent, steps, troubles }) => [
        `${agent}: ${steps} ${steps === 1 ? 'step' : 'steps'}`,
        ...troubles.map((trouble) => `  ${trouble}`),
      ]),
    )
  },
}
