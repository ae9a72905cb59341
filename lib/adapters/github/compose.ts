import { createHash } from 'node:crypto'
import { blobOid, treeWith } from '../../domain/gitTree.ts'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { CommitPlan } from '../../world.ts'
import type { Row } from '../code/merging.ts'
import { CommitAnswer, parsed, TreeMade } from './answers.ts'
import type { Api } from './client.ts'
import { commitAt, filesAt, knownFrom } from './read.ts'
import type { GithubRepository } from './repository.ts'

/** Rows in one request; a larger change is made in steps, each over the tree before. */
const ROWS = 500

/**
 * The tree of these edits over a commit's, made on GitHub and computed here: where the two differ nothing leaves.
 */
export async function composeTree(
  repository: GithubRepository,
  api: Api,
  base: Sha,
  edits: { path: string; bytes: Uint8Array }[],
): Promise<Oid> {
  const entries = await filesAt(repository, api, base)
  const { tree } = await commitAt(repository, api, base)
  const rows = edits.map(({ path, bytes }) => ({ path, mode: '100644', bytes }))
  return makeTree(api, { over: tree, rows, mustBe: treeWith(entries, edits) })
}

interface Wanted {
  over: Oid
  rows: Row[]
  mustBe: Oid
}

export async function makeTree(api: Api, { over, rows, mustBe }: Wanted): Promise<Oid> {
  if (mustBe === over) return over
  const once = [...new Map(rows.map((row) => [row.path, row])).values()]
  let tree = over
  for (let from = 0; from < once.length; from += ROWS) {
    const part = await Promise.all(once.slice(from, from + ROWS).map((row) => written(api, row)))
    const answer = await api.call('POST /repos/{owner}/{repo}/git/trees', { base_tree: tree, tree: part })
    tree = parsed(TreeMade, answer.data, 'tree').sha
  }
  if (tree !== mustBe)
    throw new Fault('CODE_UNREACHABLE', `GitHub made another tree (${tree.slice(0, 12)}) than ${mustBe.slice(0, 12)}.`)
  return tree
}

/** Text goes with the tree's own request; what JSON cannot carry unchanged is written as a blob before. */
async function written(api: Api, row: Row): Promise<object> {
  const { path, mode } = row
  const place = { path, mode, type: mode === '160000' ? 'commit' : 'blob' }
  if ('oid' in row) return { ...place, sha: row.oid }
  const bytes = Buffer.from(row.bytes)
  const content = bytes.toString('utf8')
  if (Buffer.from(content, 'utf8').equals(bytes) && !content.includes('\0')) return { ...place, content }
  const body = { content: bytes.toString('base64'), encoding: 'base64' }
  const answer = await api.call('POST /repos/{owner}/{repo}/git/blobs', body)
  const { sha } = parsed(TreeMade, answer.data, 'blob')
  if (sha !== blobOid(bytes)) throw new Fault('CODE_UNREACHABLE', `GitHub wrote other bytes for ${path}.`)
  return { ...place, sha }
}

/**
 * A commit of GitHub's own making: its App's name, its clock, its signature. It comes out another time each time, so a plan
 * is made once a process, and `push` knows another process's by parents, tree and message.
 */
export function composeCommit(repository: GithubRepository, api: Api, plan: CommitPlan): Promise<Sha> {
  const { parents, tree, message } = plan
  const key = createHash('sha256')
    .update(JSON.stringify([parents, tree, message]))
    .digest('hex')
  const known = repository.composed.get(key)
  if (known) return known
  const making = make(repository, api, plan)
  repository.composed.set(key, making)
  making.catch(() => repository.composed.drop(key))
  return making
}

async function make(repository: GithubRepository, api: Api, { parents, tree, message }: CommitPlan): Promise<Sha> {
  const answer = await api.call('POST /repos/{owner}/{repo}/git/commits', { message, tree, parents })
  const made = knownFrom(answer.data)
  if (!isSameWork(made, { parents, tree, message }))
    throw new Fault('CODE_UNREACHABLE', 'GitHub made another commit than it was asked for.')
  const { verification } = parsed(CommitAnswer, answer.data, 'commit')
  if (repository.signed && !verification?.verified)
    throw new Fault(
      'CODE_UNREACHABLE',
      `GitHub did not sign the commit (${verification?.reason ?? 'no reason given'}).`,
    )
  repository.commits.set(made.sha, made)
  return made.sha
}

export type Work = Pick<CommitPlan, 'parents' | 'tree' | 'message'>

/** Two commits of one plan: all but who made them when. */
export const isSameWork = (one: Work, other: Work): boolean =>
  one.tree === other.tree &&
  one.parents.join() === other.parents.join() &&
  one.message.trimEnd() === other.message.trimEnd()
