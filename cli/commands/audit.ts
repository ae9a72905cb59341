import { existsSync } from 'node:fs'
import { type AuditAnswer, checkAudit, verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { commitAnchors } from '../../lib/adapters/index.ts'
import type { Anchor, AuditClaims, SealedRow } from '../../lib/domain/audit.ts'
import { connect } from '../../lib/store/database.ts'
import { projectBySlug } from '../../lib/store/projects.ts'
import { type Command, type Exit, parsed, say, Usage } from '../command.ts'
import { given } from '../env.ts'
import { isRefusal, type Remote, remote } from '../remote.ts'
import { theProject } from './status.ts'

export const audit: Command = {
  does: 'audit verify: whether the audit is whole, held against the state folder and the commits',
  usage: `audit verify [--project <slug>] [--repository <path>] [--database <address>]

  --repository   a bare repository (or .git) whose commits carry the audit's position; by default the project's own
  --database     reads the rows there instead of from the server; DATABASE_URL does the same

Rows and seals are checked here, not where they come from. Exit 0: it holds; 3: it does not.`,
  async run(argv) {
    const options = { repository: { type: 'string' }, database: { type: 'string' } } as const
    const { values, words } = parsed(argv, options, { least: 1, most: 1 })
    if (words[0] !== 'verify') throw new Usage(`There is no audit ${words[0]}.`)
    const database = values.database ?? given('DATABASE_URL')
    const found = database
      ? await fromDatabase(database, values.project, values.repository)
      : await fromServer(await remote(values.url), values.project, values.repository)
    return answered(values.json, found)
  },
}

interface Verified {
  project: string
  answer: AuditAnswer
  commits: number
}

async function fromServer(far: Remote, slug: string | undefined, repository: string | undefined): Promise<Verified> {
  const { project } = await theProject(far, slug)
  const rows: SealedRow[] = []
  for (;;) {
    const page = await far.get(`audit?project=${encodeURIComponent(project)}&after=${rows.length}`)
    if (isRefusal(page)) throw new Error(`${page.sentence} ${page.detail}`)
    const told = page as unknown as Page
    rows.push(...told.rows)
    if (told.more) continue
    // Rows written while we read belong to neither picture: read on until the claims are about the last row.
    if (told.claims.head.seq > rows.length && told.rows.length > 0) continue
    const commits = await anchorsIn(repository ?? told.repository, told.branches)
    return { project, answer: checkAudit(rows, told.claims, [...told.anchors, ...commits]), commits: commits.length }
  }
}

interface Page {
  rows: SealedRow[]
  more: boolean
  claims: AuditClaims
  anchors: Anchor[]
  repository: string
  branches: { production: string; staging: string }
}

async function fromDatabase(url: string, slug: string | undefined, repository: string | undefined): Promise<Verified> {
  if (!slug) throw new Usage('Say which project: --project <slug>.')
  const sql = connect(url, 1)
  try {
    const project = await projectBySlug(sql, slug)
    if (!project) throw new Error(`There is no project ${slug} in that database.`)
    const commits = await anchorsIn(repository ?? project.settings.repository, project.settings.branches)
    return { project: slug, answer: await verifyAudit(sql, project.id, commits), commits: commits.length }
  } finally {
    await sql.end()
  }
}

/** An address, or a path of the server's machine, has no commits to read here; other positions stand alone then. */
const anchorsIn = (repository: string, { production, staging }: Page['branches']): Promise<Anchor[]> =>
  existsSync(repository) ? commitAnchors(repository, [production, staging]) : Promise.resolve([])

function answered(json: boolean | undefined, { project, answer, commits }: Verified): Exit {
  const { rows, head, anchors, problems } = answer
  const against = `${anchors - commits} positions in the state folder and ${commits} in commits`
  const lines =
    problems.length === 0
      ? [
          `The audit of ${project} holds: ${rows} rows, held against ${against}.`,
          `Its newest row is ${head.seq} ${head.hash}`,
        ]
      : [`The audit of ${project} does not hold:`, ...problems.map(({ seq, problem }) => `  row ${seq}: ${problem}`)]
  say(json, { project, ...answer, commits }, lines)
  return problems.length === 0 ? 0 : 3
}
