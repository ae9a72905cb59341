import { z } from 'zod'
import { treeOf } from '../../domain/gitTree.ts'
import type { Commit, Entry, Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { githubTree } from '../../parse/githubTree.ts'
import type { Branch } from '../../world.ts'
import { BlameAnswer, CommitAnswer, CompareAnswer, parsed, RefAnswer } from './answers.ts'
import type { Api } from './client.ts'
import { listed } from './lists.ts'
import type { GithubRepository, Known } from './repository.ts'

const SHA = /^[0-9a-f]{40}$/

/** The branch's head as GitHub says now. */
export async function headOf(api: Api, branch: string): Promise<Sha | null> {
  const answer = await api.call(
    'GET /repos/{owner}/{repo}/git/ref/{ref}',
    { ref: `heads/${branch}` },
    { accept: [404] },
  )
  return answer.status === 404 ? null : parsed(RefAnswer, answer.data, 'branch').object.sha
}

const BranchRow = z.object({ name: z.string(), commit: z.object({ sha: z.string().regex(SHA) }) })

export const branchesOf = async (api: Api): Promise<Branch[]> =>
  (await listed(api, 'GET /repos/{owner}/{repo}/branches', {}, BranchRow)).map(({ name, commit }) => ({
    name,
    head: commit.sha,
  }))

export async function commitAt(repository: GithubRepository, api: Api, sha: Sha): Promise<Known> {
  const found = repository.commits.get(sha)
  if (found) return found
  const missing = new Fault('CODE_UNREACHABLE', `Commit ${sha.slice(0, 12)} is not in the repository.`)
  if (!SHA.test(sha)) throw missing
  const path = 'GET /repos/{owner}/{repo}/git/commits/{commit_sha}'
  const answer = await api.call(path, { commit_sha: sha }, { accept: [404, 409, 422] })
  if (answer.status !== 200) throw missing
  const commit = knownFrom(answer.data)
  if (commit.sha !== sha) throw new Fault('CODE_UNREACHABLE', 'GitHub answered with another commit than was asked for.')
  repository.commits.set(sha, commit)
  return commit
}

export function knownFrom(data: unknown): Known {
  const { sha, tree, parents, message, author } = parsed(CommitAnswer, data, 'commit')
  const [first = ''] = message.replace(/^\n+/, '').split(/\n\s*\n/)
  const subject = first
    .trim()
    .replace(/\s*\n\s*/g, ' ')
    .slice(0, 200)
  const known = { sha, tree: tree.sha, parents: parents.map((parent) => parent.sha), message }
  return { ...known, author: author.name, at: author.date, subject }
}

export const plainCommit = ({ message: _, ...commit }: Known): Commit => commit

/**
 * A tree's full listing. A truncated one is refused, and so is one that does not hash to the tree's own name: whatever
 * is left out of it, or put into it, nobody would judge.
 */
export async function listingOf(repository: GithubRepository, api: Api, tree: Oid): Promise<Entry[]> {
  const found = repository.listings.get(tree)
  if (found) return found
  const path = 'GET /repos/{owner}/{repo}/git/trees/{tree_sha}'
  const answer = await api.call(path, { tree_sha: tree, recursive: '1' }, { accept: [404] })
  if (answer.status === 404) throw new Fault('CODE_UNREACHABLE', `There is no tree ${tree.slice(0, 12)}.`)
  const read = githubTree(answer.data)
  if (!read.ok) throw new Fault('CODE_UNREACHABLE', `GitHub’s listing cannot be read: ${read.why}`)
  if (read.truncated) throw new Fault('REPOSITORY_TOO_LARGE', 'GitHub cut the listing short.')
  if (treeOf(read.entries) !== tree)
    throw new Fault('CODE_UNREACHABLE', `GitHub’s listing is not that of the tree ${tree.slice(0, 12)}.`)
  repository.listings.set(tree, read.entries)
  return read.entries
}

export async function filesAt(repository: GithubRepository, api: Api, sha: Sha): Promise<Entry[]> {
  const entries = await listingOf(repository, api, (await commitAt(repository, api, sha)).tree)
  if (!repository.sources.get(sha)) repository.sources.set(sha, { sha, oids: new Set(entries.map(({ oid }) => oid)) })
  return entries
}

export interface Compared {
  status: 'identical' | 'ahead' | 'behind' | 'diverged'
  base: Sha
}

/** How two commits stand to each other; null when one is not there or they share nothing. */
export async function compared(api: Api, from: Sha, to: Sha): Promise<Compared | null> {
  if (!SHA.test(from) || !SHA.test(to)) return null
  const path = 'GET /repos/{owner}/{repo}/compare/{basehead}'
  // Files come with the first page alone, and nobody needs them.
  const asked = { basehead: `${from}...${to}`, per_page: 1, page: 2 }
  const answer = await api.call(path, asked, { accept: [404] })
  if (answer.status === 404) return null
  const { status, merge_base_commit: base } = parsed(CompareAnswer, answer.data, 'comparison')
  return { status, base: base.sha }
}

export async function isAncestor(api: Api, ancestor: Sha, descendant: Sha): Promise<boolean> {
  const found = await compared(api, ancestor, descendant)
  return found?.status === 'identical' || found?.status === 'ahead'
}

const BLAME = `query($owner: String!, $name: String!, $oid: GitObjectID!, $path: String!) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) { ... on Commit { blame(path: $path) { ranges { startingLine endingLine commit { oid } } } } }
  }
}`

export async function blameOf(
  repository: GithubRepository,
  api: Api,
  sha: Sha,
  path: string,
  line: number,
): Promise<Known | null> {
  const files = await filesAt(repository, api, sha).catch(() => [])
  if (!files.some((file) => file.path === path && file.mode.startsWith('100'))) return null
  const { owner, repo: name } = repository
  const { data, refused } = await api.graphql(BLAME, { owner, name, oid: sha, path })
  if (refused !== null) throw new Fault('CODE_UNREACHABLE', 'GitHub does not say who changed the lines.')
  const ranges = parsed(BlameAnswer, data, 'blame').repository.object?.blame.ranges ?? []
  const range = ranges.find(({ startingLine, endingLine }) => startingLine <= line && line <= endingLine)
  return range ? commitAt(repository, api, range.commit.oid) : null
}
