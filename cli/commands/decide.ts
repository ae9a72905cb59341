import type { StatusLine } from '../../lib/actions/status.ts'
import { type Command, parsed, told, Usage } from '../command.ts'
import { type Remote, remote } from '../remote.ts'
import { theProject } from './status.ts'

const TARGETS = ['staging', 'production']

export const approve: Command = {
  does: 'a yes to exactly the tree that was proven',
  usage: `approve <fix or issue> [--target staging|production] [--tree <id>] [--policy-version <n>]

  --target            how far the yes goes; production covers staging (default: production)
  --tree              the tree you saw: refused if it is another one by now
  --policy-version    the policy you saw, likewise`,
  async run(argv) {
    const options = {
      target: { type: 'string', default: 'production' },
      tree: { type: 'string' },
      'policy-version': { type: 'string' },
    } as const
    const { values, words } = parsed(argv, options, { least: 1, most: 1 })
    if (!TARGETS.includes(values.target)) throw new Usage(`--target is staging or production, not ${values.target}.`)
    const far = await remote(values.url)
    const { fix, policyVersion } = await proven(far, values.project, words[0]!)
    const seen = values['policy-version']
    if (seen !== undefined && !/^\d{1,9}$/.test(seen)) throw new Usage(`--policy-version is a number, not ${seen}.`)
    const body = {
      fix: fix.id,
      tree: values.tree ?? fix.tree,
      target: values.target,
      policyVersion: seen === undefined ? policyVersion : Number(seen),
    }
    return told(values.json, await far.decide('approve', body), ({ answer, hours }) => [
      `${answer === 'already' ? 'It was approved already' : 'Approved'}: fix ${body.fix} up to ${body.target}, for ${hours} hours.`,
      `  tree ${body.tree} on base ${fix.base}, under policy ${body.policyVersion}`,
    ])
  },
}

export const reject: Command = {
  does: 'a no, with its reason; the patch never comes again',
  usage: 'reject <fix or issue> --why <text>',
  async run(argv) {
    const { values, words } = parsed(argv, { why: { type: 'string' } }, { least: 1, most: 1 })
    if (!values.why) throw new Usage('Say why: --why "…". The next attempt is told.')
    const far = await remote(values.url)
    const fix = /^[0-9a-f]{12}$/.test(words[0]!) ? words[0]! : (await proven(far, values.project, words[0]!)).fix.id
    return told(values.json, await far.decide('reject', { fix, why: values.why }), ({ answer }) => [
      answer === 'already' ? 'It was rejected already.' : `Rejected: fix ${fix} comes back from wherever it has been.`,
    ])
  },
}

interface Proven {
  fix: NonNullable<StatusLine['fix']>
  policyVersion: number
}

/** What is proven right now under that name: what an approval is bound to is what the server shows, not what a word says. */
async function proven(far: Remote, slug: string | undefined, word: string): Promise<Proven> {
  const { issues, policyVersion } = await theProject(far, slug)
  const line = issues.find(({ issue, fix }) => fix?.id === word || String(issue) === word.replace(/^#/, ''))
  if (!line) throw new Error(`Nothing open is called ${word}. See nightshift status.`)
  if (!line.fix) throw new Error(`Issue ${line.issue} has no proven fix: ${line.sentence}`)
  return { fix: line.fix, policyVersion }
}
