import { z } from 'zod'
import type { MergeAnswer } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'
import { endOf, lookedAt } from '../review/merging.ts'
import { parsed } from './answers.ts'
import type { Api } from './client.ts'
import { said } from './failures.ts'
import { type Pull, proposalOf, pullAt } from './pulls.ts'
import type { GithubRepository } from './repository.ts'

/**
 * Merges a pull request whose head is still what was decided about. What became of it is read off the request itself, so
 * that a merge whose answer was lost is a merge. Auto-merge is never switched on: it would ship at an hour nobody decided
 * about. Where it is on, or where the branch has a queue, GitHub merges by itself.
 */
export async function mergePull(
  repository: GithubRepository,
  api: Api,
  number: number,
  head: Sha,
  message: string,
): Promise<MergeAnswer> {
  const look = () => pullAt(api, number)
  const pull = await lookedAt(look, ({ state, mergeable }) => state === 'open' && typeof mergeable !== 'boolean')
  const now = endOf(proposalOf(pull), head)
  if (now) return now
  if (pull.mergeable === null || pull.mergeable === undefined) return { state: 'unknown' }
  if (!pull.mergeable) return { state: 'conflicts' }
  const [title = '', ...rest] = message.split('\n')
  const words = { commit_title: title, commit_message: rest.join('\n').trim() }
  const asked = { pull_number: number, sha: head, merge_method: await methodOf(api), ...words }
  const path = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge'
  const answer = await api.call(path, asked, { accept: [403, 405, 409, 422] })
  const after = await look()
  const then = endOf(proposalOf(after), head)
  if (then) return then
  // Done, and what was read is a moment behind.
  if (answer.status === 200) return { state: 'unknown' }
  if (answer.status === 409) return { state: 'moved' }
  if (after.auto_merge) return { state: 'queued' }
  if (await hasQueue(api, after.base.ref)) return enqueue(repository, api, after, head)
  return { state: 'blocked', why: said(String((answer.data as { message?: unknown } | null)?.message ?? '')) }
}

const Methods = z.object({
  ...{ allow_merge_commit: z.boolean().nullish(), allow_squash_merge: z.boolean().nullish() },
  ...{ allow_rebase_merge: z.boolean().nullish(), delete_branch_on_merge: z.boolean().nullish() },
})

/** A merge that keeps both parents where the repository allows it, since history then says what was brought in. */
async function methodOf(api: Api): Promise<'merge' | 'squash' | 'rebase'> {
  const settings = await settingsOf(api)
  if (settings.allow_merge_commit !== false) return 'merge'
  return settings.allow_squash_merge ? 'squash' : settings.allow_rebase_merge ? 'rebase' : 'merge'
}

const settingsOf = async (api: Api) => parsed(Methods, (await api.call('GET /repos/{owner}/{repo}')).data, 'repository')

export const deletesMerged = async (api: Api): Promise<boolean> =>
  (await settingsOf(api)).delete_branch_on_merge === true

const Rules = z.array(z.object({ type: z.string() }))

async function hasQueue(api: Api, branch: string): Promise<boolean> {
  const answer = await api.call('GET /repos/{owner}/{repo}/rules/branches/{branch}', { branch })
  return parsed(Rules, answer.data, 'list of rules').some(({ type }) => type === 'merge_queue')
}

const QUEUED = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { isInMergeQueue } }
}`
const ENQUEUE = `mutation($input: EnqueuePullRequestInput!) { enqueuePullRequest(input: $input) { clientMutationId } }`
const Queued = z.object({ repository: z.object({ pullRequest: z.object({ isInMergeQueue: z.boolean() }) }) })

async function isInQueue({ owner, repo }: GithubRepository, api: Api, number: number): Promise<boolean> {
  const { data } = await api.graphql(QUEUED, { owner, name: repo, number })
  return parsed(Queued, data, 'queue').repository.pullRequest.isInMergeQueue
}

export async function isQueued(repository: GithubRepository, api: Api, number: number): Promise<boolean> {
  const pull = await pullAt(api, number)
  if (pull.state !== 'open') return false
  return Boolean(pull.auto_merge) || isInQueue(repository, api, number)
}

async function enqueue(repository: GithubRepository, api: Api, pull: Pull, head: Sha): Promise<MergeAnswer> {
  const queued = () => isInQueue(repository, api, pull.number)
  if (await queued()) return { state: 'queued' }
  const { refused } = await api.graphql(ENQUEUE, { input: { pullRequestId: pull.node_id, expectedHeadOid: head } })
  if (refused === null || (await queued())) return { state: 'queued' }
  return { state: 'blocked', why: said(refused) }
}
