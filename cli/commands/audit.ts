import type { Verified } from '../audit/verify.ts'
import { type Command, type Exit, parsed, say, Usage } from '../command.ts'
import { given } from '../env.ts'
import { remote } from '../remote.ts'
import { theProject } from './status.ts'

export const audit: Command = {
  does: 'audit verify: whether the audit is whole, held against the state folder and the commits',
  usage: `audit verify [--project <slug>] [--repository <path>] [--database <address>]

  --repository   a repository whose commits carry the audit's position; by default the project's own, where it is here
  --database     reads the rows there instead of from the server; DATABASE_URL does the same

Rows and seals are checked here, not where they come from. Exit 0: it holds; 3: it does not.`,
  async run(argv) {
    const options = { repository: { type: 'string' }, database: { type: 'string' } } as const
    const { values, words } = parsed(argv, options, { least: 1, most: 1 })
    if (words[0] !== 'verify') throw new Usage(`There is no audit ${words[0]}.`)
    const { project, repository } = values
    const { verifyDatabase, verifyServer } = await import('../audit/verify.ts')
    const database = values.database ?? given('DATABASE_URL')
    if (database) return answered(values.json, await verifyDatabase(database, project, repository))
    const far = await remote(values.url)
    const chosen = await theProject(far, project)
    return answered(values.json, await verifyServer(far, chosen.project, repository))
  },
}

function answered(json: boolean | undefined, verified: Verified): Exit {
  const { project, answer, folder, commits } = verified
  const { rows, head, problems } = answer
  const lines =
    problems.length === 0
      ? [
          `The audit of ${project} holds: ${rows} rows, against ${folder.count} positions in the state folder and ${commits.count} in commits.`,
          `  ${folder.where}; commits: ${commits.where ?? 'none looked at, --repository names a repository'}`,
          `  Its newest row is ${head.seq} ${head.hash}`,
        ]
      : [
          `The audit of ${project} does not hold, against ${folder.count} positions in the state folder and ${commits.count} in commits:`,
          ...problems.map(({ seq, problem }) => `  row ${seq}: ${problem}`),
        ]
  say(json, { project, ...answer, folder, commits }, lines)
  return problems.length === 0 ? 0 : 3
}
