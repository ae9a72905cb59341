import type { ShownOnce } from '../../lib/domain/connection.ts'
import { envLines } from '../../lib/domain/envLines.ts'
import { type Command, parsed, refused, say, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { isRefusal, remote } from '../remote.ts'

export const setup: Command = {
  does: 'makes the drain and the webhook at Vercel, or says where an App is made at GitHub; needs the owner’s password',
  usage: `setup vercel [--password-stdin]
nightshift setup github

  vercel   what is there already is found by its address and left alone; secrets of what is made are shown once
  github   an App is made in the browser, since GitHub asks a person`,
  async run(argv) {
    const { values, words } = parsed(argv, { 'password-stdin': { type: 'boolean' } }, { least: 1, most: 1 })
    if (words[0] !== 'vercel' && words[0] !== 'github') throw new Usage(`It is vercel or github, not ${words[0]}.`)
    const far = await remote(values.url)
    if (words[0] === 'github') {
      const at = `${far.url}/dashboard/agent-control/connect/github`
      say(values.json, { at }, [`Open ${at}`])
      return 0
    }
    const password = await askPassword(values['password-stdin'])
    const answer = await far.decide('setup/vercel', {}, { password, patienceMs: 60_000 })
    if (isRefusal(answer)) return refused(values.json, answer)
    const { settings, said } = answer as unknown as ShownOnce
    const shown = Object.keys(settings).length > 0
    say(values.json, answer, [
      ...said,
      ...(shown ? ['Keep these now, in the environment of the server; they are shown once:'] : []),
      ...envLines(settings).map((line) => `  ${line}`),
    ])
    return said.some((line) => line.startsWith('No ')) ? 3 : 0
  },
}
