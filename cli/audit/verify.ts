import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { type AuditAnswer, readAudit, verifyAudit } from '../../lib/actions/verifyAudit.ts'
import { anchors, commitAnchors } from '../../lib/adapters/index.ts'
import type { Anchor, AuditClaims, SealedRow } from '../../lib/domain/audit.ts'
import { connect } from '../../lib/store/database.ts'
import { projects } from '../../lib/store/projects.ts'
import { refusalInWords } from '../command.ts'
import { only } from '../commands/status.ts'
import { calledFrom, given } from '../env.ts'
import { adminAddress } from '../migrate/address.ts'
import { isRefusal, type Remote, stateFolder } from '../remote.ts'

/** What an audit was held against, and what came of it. */
export interface Verified {
  project: string
  answer: AuditAnswer
  /** Positions, and whose word the first are: a file here, or what the server says is in its own. */
  folder: { count: number; where: string }
  commits: { count: number; where: string | null }
}

/** Rows and claims of a running Nightshift, checked here. What stands outside is read before any row. */
export async function verifyServer(far: Remote, project: string, named: string | undefined): Promise<Verified> {
  const query = `audit?project=${encodeURIComponent(project)}`
  const outside = await ask<{ anchors: Anchor[]; repository: string | null }>(far, query)
  const folder = far.home
    ? { kept: await keptIn(far.home, project), where: `the state folder ${far.home}` }
    : { kept: outside.anchors, where: 'the state folder of the server, as it says' }
  // A path is the server's own: only where its state folder is ours does it name the same thing here.
  const where = named ? resolve(calledFrom(), named) : far.home ? outside.repository : null
  const commits = where ? await commitAnchors(where) : []
  const reading = readAudit([...folder.kept, ...commits])
  for (let after = 0; ; ) {
    const page = await ask<Page>(far, `${query}&after=${after}`)
    reading.take(page.rows)
    const last = page.rows.at(-1)?.seq ?? after
    if (!page.more) return verified(project, reading.end(page.claims), folder, commits, where)
    if (!(last > after)) throw new Error('The server sends the same rows again and again.')
    after = last
  }
}

type Page = { rows: SealedRow[] } & ({ more: true } | { more: false; claims: AuditClaims | null })

async function ask<T>(far: Remote, path: string): Promise<T> {
  const answer = await far.get(path)
  if (isRefusal(answer)) throw new Error(refusalInWords(answer).join('\n'))
  return answer as T
}

/** The same without a server, by any login that may look. */
export async function verifyDatabase(
  url: string,
  slug: string | undefined,
  named: string | undefined,
): Promise<Verified> {
  const address = adminAddress(url, given('DATABASE_CA'), 'DATABASE_URL')
  const sql = connect(address.url, 1, { tls: address.tls, idleSeconds: 60 })
  try {
    const all = (await projects(sql)).filter((one) => slug === undefined || one.slug === slug)
    const project = only(all, slug, (one) => one.slug)
    const home = stateFolder()
    const folder = { kept: await keptIn(home, project.slug), where: `the state folder ${home}` }
    const { repository } = project.settings
    const here = isAbsolute(repository) && existsSync(repository) ? repository : null
    const where = named ? resolve(calledFrom(), named) : here
    const commits = where ? await commitAnchors(where) : []
    const answer = await verifyAudit(sql, project.id, [...folder.kept, ...commits])
    return verified(project.slug, answer, folder, commits, where)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

const keptIn = (home: string, slug: string): Promise<Anchor[]> => anchors({ home }).read({ slug })

const verified = (
  project: string,
  answer: AuditAnswer,
  folder: { kept: Anchor[]; where: string },
  commits: Anchor[],
  where: string | null,
): Verified => ({
  project,
  answer,
  folder: { count: folder.kept.length, where: folder.where },
  commits: { count: commits.length, where },
})
