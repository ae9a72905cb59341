import { setTimeout as sleep } from 'node:timers/promises'
import type { Why } from '../../lib/actions/why.ts'
import { undoneInWords } from '../../lib/domain/release.ts'
import { printable } from '../../lib/policy/paths.ts'
import { type Command, type Exit, parsed, refused, say, Usage } from '../command.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'

const LOOK_MS = 1000
/** How long a server may be gone. */
const LOST_MS = 60_000

export const rollback: Command = {
  does: 'takes a release back, at any hour, also while paused',
  usage: `rollback <release> --why <text> [--wait]

  --wait   until it was read back as rolled back (exit 0) or is held for a person (exit 3)`,
  async run(argv) {
    const options = { why: { type: 'string' }, wait: { type: 'boolean' } } as const
    const { values, words } = parsed(argv, options, { least: 1, most: 1 })
    const release = Number(words[0])
    if (!Number.isInteger(release) || release < 1) throw new Usage(`${words[0]} is no release’s number.`)
    if (!values.why) throw new Usage('Say why: --why "…". The next attempt is told.')
    const far = await remote(values.url)
    const answer = await far.decide('rollback', { release, why: values.why })
    if (isRefusal(answer)) return refused(values.json, answer)
    if (values.wait) return waited(far, release, values.json)
    const state = answer.answer === 'already' ? 'was ordered already' : 'is ordered'
    say(values.json, answer, [`Rolling back release ${release} ${state}. See nightshift why ${release}.`])
    return 0
  },
}

/**
 * "Rolled back" is said when the release says so, which it does after reading it back. A server that is started again
 * meanwhile is waited for; what it waits for itself is told once.
 */
async function waited(far: Remote, release: number, json: boolean | undefined): Promise<Exit> {
  let told = ''
  for (let heard = performance.now(); ; await sleep(LOOK_MS)) {
    const answer = await far.get(`why/${release}`).catch((error: unknown) => {
      if (performance.now() - heard > LOST_MS) throw error
    })
    if (!answer) continue
    heard = performance.now()
    if (isRefusal(answer)) return refused(json, answer)
    const { state, facts } = (answer as unknown as Why).release
    const undone = facts.back ? undoneInWords(facts.back) : []
    if (state === 'rolled-back' || state === 'held') {
      const words = state === 'held' ? `held: ${facts.waiting ?? 'a person looks at it'}` : 'rolled back'
      say(json, { release, state, undone, waiting: facts.waiting ?? null }, [
        `Release ${release}: ${words}.`,
        ...undone.map((line) => `  ${line}`),
      ])
      return state === 'rolled-back' ? 0 : 3
    }
    const waits = facts.refused ? `It waits: ${facts.refused.reason}.` : ''
    if (waits !== told && waits) console.error(printable(waits))
    told = waits
  }
}
