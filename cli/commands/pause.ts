import { type Command, parsed, refused, say, told } from '../command.ts'
import { askPassword } from '../password.ts'
import { isRefusal, remote } from '../remote.ts'
import { callInWords, theProject } from './status.ts'

interface Paused {
  state: 'paused' | 'draining'
  inFlight: { kind: string; target: string; since: string; unknown: boolean }[]
  releases: { id: number; issue: number; state: string; rollingBack: boolean; refused: string | null }[]
}

export const pause: Command = {
  does: 'nothing new leaves from now on; says what is still under way',
  usage: `pause [--why <text>] [--roll-back]

  --roll-back   also takes back every release that is on its way

Exit 1 while calls are still under way: nothing new starts, and saying it again waits for them again.`,
  async run(argv) {
    const options = { why: { type: 'string' }, 'roll-back': { type: 'boolean' } } as const
    const { values } = parsed(argv, options, { least: 0, most: 0 })
    const far = await remote(values.url)
    const { project } = await theProject(far, values.project)
    const body = { project, why: values.why ?? '', rollBack: values['roll-back'] ?? false }
    const answer = await far.decide('pause', body)
    if (isRefusal(answer)) return refused(values.json, answer)
    const paused = answer as unknown as Paused
    say(values.json, answer, inWords(paused))
    return paused.state === 'paused' ? 0 : 1
  },
}

function inWords({ state, inFlight, releases }: Paused): string[] {
  const left = releases.filter((one) => !one.rollingBack)
  const head =
    state === 'paused'
      ? 'Paused. Nothing is under way and nothing starts.'
      : `Nothing new starts. Not paused yet: ${inFlight.length} under way.`
  return [
    head,
    ...inFlight.map((call) => `  ${callInWords(call)}`),
    ...releases.map((one) => {
      if (one.rollingBack) return `  Release ${one.id} of issue ${one.issue} is being taken back.`
      const why = one.refused ? ` It was not taken back: ${one.refused}.` : ''
      return `  Release ${one.id} of issue ${one.issue} stays as it is (${one.state}).${why}`
    }),
    ...(left.length > 0 ? ['  To take them back: nightshift pause --roll-back, or for one:'] : []),
    ...left.map(({ id }) => `    nightshift rollback ${id} --why "…"`),
  ]
}

export const resume: Command = {
  does: 'goes on after a pause; needs the owner’s password',
  usage: 'resume [--password-stdin]',
  async run(argv) {
    const { values } = parsed(argv, { 'password-stdin': { type: 'boolean' } }, { least: 0, most: 0 })
    const far = await remote(values.url)
    const { project } = await theProject(far, values.project)
    const password = await askPassword(values['password-stdin'])
    return told(values.json, await far.decide('resume', { project }, { password }), ({ answer }) => [
      answer === 'already' ? 'It was not paused.' : 'At work again.',
    ])
  },
}
