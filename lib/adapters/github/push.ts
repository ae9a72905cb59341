import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { parsed, RepoAnswer } from './answers.ts'
import type { Api } from './client.ts'
import { isSameWork } from './compose.ts'
import { said } from './failures.ts'
import { commitAt, headOf } from './read.ts'
import type { GithubRepository } from './repository.ts'

const STALE_MS = 1000

/** GitHub's answers while it creates or moves a branch; what they mean is read off the branch, never off their words. */
export async function push(
  repository: GithubRepository,
  api: Api,
  branch: string,
  sha: Sha,
  expected: Sha | null,
): Promise<'pushed' | 'moved'> {
  const before = await headOf(api, branch)
  if (before !== expected) return (await isOurs(repository, api, before, sha)) ? 'pushed' : 'moved'
  const refused = expected === null ? await create(api, branch, sha) : await move(api, branch, sha, expected)
  if (refused === null) return 'pushed'
  let after = await headOf(api, branch)
  if (after === expected) {
    // Refused, and nothing to see of why: what was read may be a moment behind.
    await new Promise((resolve) => setTimeout(resolve, STALE_MS))
    after = await headOf(api, branch)
  }
  if (await isOurs(repository, api, after, sha)) return 'pushed'
  if (after !== expected) return 'moved'
  throw new Fault('BRANCH_PROTECTED', `${branch} stays where it is: ${said(refused)}`)
}

/** Whether a branch is at this commit, or at one that another try made of the same plan. */
async function isOurs(repository: GithubRepository, api: Api, head: Sha | null, sha: Sha): Promise<boolean> {
  if (head === null || head === sha) return head === sha
  return isSameWork(await commitAt(repository, api, head), await commitAt(repository, api, sha))
}

/** Null: done. Otherwise why not, in GitHub's words. */
async function create(api: Api, branch: string, sha: Sha): Promise<string | null> {
  const body = { ref: `refs/heads/${branch}`, sha }
  const answer = await api.call('POST /repos/{owner}/{repo}/git/refs', body, { accept: [403, 409, 422] })
  return answer.status === 201 ? null : wordsOf(answer.data)
}

const MOVE = `mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`

/**
 * A compare-and-set: the branch has to be at `expected` when it moves. REST only asks for a fast-forward, and would go on
 * from wherever somebody set the branch back to.
 */
async function move(api: Api, branch: string, sha: Sha, expected: Sha): Promise<string | null> {
  const repo = await api.call('GET /repos/{owner}/{repo}')
  const repositoryId = parsed(RepoAnswer, repo.data, 'repository').node_id
  const update = { name: `refs/heads/${branch}`, beforeOid: expected, afterOid: sha, force: false }
  return (await api.graphql(MOVE, { input: { repositoryId, refUpdates: [update] } })).refused
}

const wordsOf = (data: unknown): string =>
  String((data as { message?: unknown } | null)?.message ?? 'it gives no reason')
