import { z } from 'zod'
import type { Opinions, Proposal, ProposalPlan } from '../../domain/proposal.ts'
import { Fault } from '../../errors.ts'
import { hasMarker, withMarker } from '../review/marker.ts'
import { Oid, parsed } from './answers.ts'
import type { Api } from './client.ts'
import { said } from './failures.ts'
import { listed } from './lists.ts'
import { opinionsOf } from './opinions.ts'
import type { GithubRepository } from './repository.ts'

const User = z.object({ login: z.string(), type: z.string() }).nullable()
const End = z.object({ ref: z.string(), sha: Oid, repo: z.object({ full_name: z.string() }).nullable() })
export const PullAnswer = z.object({
  ...{ number: z.number(), node_id: z.string(), html_url: z.string(), state: z.enum(['open', 'closed']) },
  ...{ draft: z.boolean().catch(false), merged_at: z.string().nullable(), merge_commit_sha: Oid.nullish() },
  ...{ mergeable: z.boolean().nullish(), auto_merge: z.unknown().optional(), user: User, head: End, base: End },
  labels: z.array(z.object({ name: z.string() })),
  body: z.string().nullish(),
})
export type Pull = z.infer<typeof PullAnswer>

const ReviewAnswer = z.object({
  ...{ user: User, author_association: z.string(), state: z.string(), commit_id: z.string().nullable() },
  ...{ id: z.number().int().positive(), submitted_at: z.string().nullish() },
})
const Permission = z.object({ permission: z.string() })

const STALE_MS = 1000

export const proposalOf = (pull: Pull): Proposal => ({
  ...{ number: pull.number, link: pull.html_url, branch: pull.head.ref, into: pull.base.ref },
  ...{ head: pull.head.sha, draft: pull.draft },
  state: pull.merged_at ? 'merged' : pull.state,
  merge: pull.merged_at ? (pull.merge_commit_sha ?? null) : null,
})

export async function pullAt(api: Api, number: number): Promise<Pull> {
  const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}'
  const answer = await api.call(path, { pull_number: number }, { accept: [404] })
  if (answer.status === 404) throw new Fault('CODE_UNREACHABLE', `There is no pull request ${number}.`)
  return parsed(PullAnswer, answer.data, 'pull request')
}

export interface Sought {
  branch: string
  into: string
  me: string
  /** Of those that have ended only one that ended there. */
  at?: string | undefined
}

/** Ours for a branch: of this repository, not of a fork with a branch of the same name, and opened by ourselves. */
export async function findPull(
  { owner, repo }: GithubRepository,
  api: Api,
  { branch, into, me, at }: Sought,
): Promise<Pull | null> {
  const asked = {
    head: `${owner}:${branch}`,
    base: into,
    state: 'all',
    sort: 'created',
    direction: 'desc',
    per_page: 100,
  }
  const answer = await api.call('GET /repos/{owner}/{repo}/pulls', asked)
  const here = `${owner}/${repo}`.toLowerCase()
  const found = parsed(z.array(PullAnswer), answer.data, 'list of pull requests').filter(
    ({ head, base, user }) =>
      head.ref === branch && base.ref === into && head.repo?.full_name.toLowerCase() === here && user?.login === me,
  )
  const open = found.find(({ state }) => state === 'open')
  return open ?? found.find(({ head }) => at === undefined || head.sha === at) ?? null
}

/** GitHub lets one be open for a branch and its target, so a second try is refused there and found here. */
export async function openPull(repository: GithubRepository, api: Api, plan: ProposalPlan, me: string): Promise<Pull> {
  const wanted = { branch: plan.branch, into: plan.into, me, at: plan.head }
  const known = await findPull(repository, api, wanted)
  const pull = known ?? (await create(repository, api, plan, wanted))
  // Left open by what came before it on the same branch: it is about this one from now on.
  if (known?.state === 'open' && plan.marker && !hasMarker(known.body ?? '', plan.marker)) {
    const words = { title: plan.title, body: withMarker(plan.body, plan.marker) }
    await api.call('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: known.number, ...words })
  }
  const missing = plan.labels.filter((label) => !pull.labels.some(({ name }) => name === label))
  if (pull.state === 'open' && missing.length > 0) {
    const path = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels'
    await api.call(path, { issue_number: pull.number, labels: missing })
  }
  return pull
}

async function create(
  repository: GithubRepository,
  api: Api,
  { title, body, branch: head, into: base, draft, marker }: ProposalPlan,
  wanted: Sought,
): Promise<Pull> {
  const asked = { title, head, base, body: withMarker(body, marker ?? head.replaceAll('/', ':')) }
  const post = (as: boolean) =>
    api.call(
      'POST /repos/{owner}/{repo}/pulls',
      { ...asked, draft: as, maintainer_can_modify: false },
      { accept: [422] },
    )
  let answer = await post(draft)
  // Not every plan has drafts; a plain one is merged no sooner, since it is we who merge.
  if (draft && answer.status === 422 && /draft/i.test(JSON.stringify(answer.data))) answer = await post(false)
  if (answer.status === 201) return parsed(PullAnswer, answer.data, 'pull request')
  // It is there, and a list may be a moment behind.
  for (const pause of [0, STALE_MS, 2 * STALE_MS]) {
    await new Promise((resolve) => setTimeout(resolve, pause))
    const found = await findPull(repository, api, wanted)
    if (found) return found
  }
  throw new Fault('CODE_UNREACHABLE', `GitHub opens no pull request: ${said(JSON.stringify(answer.data))}`)
}

export async function opinionsAbout(api: Api, number: number): Promise<Opinions> {
  const pull = await pullAt(api, number)
  const path = 'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews'
  const reviews = await listed(api, path, { pull_number: number }, ReviewAnswer)
  const { approved, ...said } = opinionsOf(reviews, pull.head.sha, pull.user?.login ?? '')
  const weighty = []
  for (const one of approved) if (await mayWrite(api, one.by)) weighty.push(one)
  return { ...said, approved: weighty }
}

/** A member of an organisation may be allowed to read this repository and nothing more. */
async function mayWrite(api: Api, username: string): Promise<boolean> {
  const path = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission'
  const answer = await api.call(path, { username }, { accept: [404] })
  if (answer.status === 404) return false
  return ['admin', 'maintain', 'write'].includes(parsed(Permission, answer.data, 'permission').permission)
}

const READY = `mutation($input: MarkPullRequestReadyForReviewInput!) {
  markPullRequestReadyForReview(input: $input) { clientMutationId }
}`

export async function readyPull(api: Api, number: number): Promise<void> {
  const pull = await pullAt(api, number)
  if (!pull.draft || pull.state !== 'open') return
  const { refused } = await api.graphql(READY, { input: { pullRequestId: pull.node_id } })
  if (refused !== null && (await pullAt(api, number)).draft)
    throw new Fault('CODE_UNREACHABLE', `It stays a draft: ${said(refused)}`)
}
