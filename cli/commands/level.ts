import { type Command, parsed, say, told, Usage } from '../command.ts'
import { askPassword } from '../password.ts'
import { remote } from '../remote.ts'
import { theProject } from './status.ts'

const TABLE = `
                      1 propose      2 auto-fix low risk                3 full
its own branch        yes            yes                                yes
staging               asks           yes                                yes
production            asks           P2–P4, under 10 users, low risk,   P2–P4 in hours; a P0 with
                                     in hours; else asks                over 100 users asks
rolling its own back  yes            yes                                yes`

export const level: Command = {
  does: 'shows the level, or changes it; raising it needs the owner’s password',
  usage: `level [1|2|3] [--password-stdin]
${TABLE}

Level 3 is earned: 30 days at level 2 with at least 10 cured and none relapsed or rolled back.`,
  async run(argv) {
    const { values, words } = parsed(argv, { 'password-stdin': { type: 'boolean' } }, { least: 0, most: 1 })
    const far = await remote(values.url)
    const { project, level: now, policyVersion } = await theProject(far, values.project)
    if (words.length === 0) {
      say(values.json, { project, level: now, policyVersion }, [`${project} is at level ${now}.`, ...TABLE.split('\n')])
      return 0
    }
    if (!/^[123]$/.test(words[0]!)) throw new Usage(`The level is 1, 2 or 3, not ${words[0]}.`)
    const wanted = Number(words[0])
    const password = wanted > now ? await askPassword(values['password-stdin']) : null
    return told(values.json, await far.decide('level', { project, level: wanted, policyVersion }, { password }), () => [
      `${project} is at level ${wanted}.`,
    ])
  },
}
