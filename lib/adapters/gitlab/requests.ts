import { z } from 'zod'
import type { Proposal, ProposalPlan } from '../../domain/proposal.ts'
import { Fault } from '../../errors.ts'
import { hasMarker, withMarker } from '../review/marker.ts'
import { type Api, parsed, said } from './client.ts'
import { quiet } from './quiet.ts'

const Sha = z.string().regex(/^[0-9a-f]{40}$/)
export const User = z.object({ id: z.number(), username: z.string() })
export const RequestAnswer = z.object({
  ...{ iid: z.number(), web_url: z.string(), source_branch: z.string(), target_branch: z.string(), sha: Sha },
  ...{ state: z.enum(['opened', 'closed', 'locked', 'merged']), draft: z.boolean().catch(false) },
  ...{ merge_commit_sha: Sha.nullish(), squash_commit_sha: Sha.nullish(), author: User },
  ...{ source_project_id: z.number().nullable(), target_project_id: z.number(), labels: z.array(z.string()) },
  ...{ title: z.string(), description: z.string().nullish() },
  ...{ detailed_merge_status: z.string().catch('unchecked'), merge_when_pipeline_succeeds: z.boolean().catch(false) },
})
export type MergeRequest = z.infer<typeof RequestAnswer>

/** Where a project merges by fast-forward there is no commit of the merge, and the head itself is what is on the branch. */
const mergeOf = (one: MergeRequest) => one.merge_commit_sha ?? one.squash_commit_sha ?? one.sha

export const proposalOf = (one: MergeRequest): Proposal => ({
  ...{ number: one.iid, link: one.web_url, branch: one.source_branch, into: one.target_branch },
  ...{ head: one.sha, draft: one.draft },
  state: one.state === 'merged' ? 'merged' : one.state === 'closed' ? 'closed' : 'open',
  merge: one.state === 'merged' ? mergeOf(one) : null,
})

export async function requestAt(api: Api, number: number): Promise<MergeRequest> {
  const { status, data } = await api.get(`merge_requests/${number}`, {}, [404])
  if (status === 404) throw new Fault('CODE_UNREACHABLE', `There is no merge request ${number}.`)
  return parsed(RequestAnswer, data, 'merge request')
}

export interface Sought {
  branch: string
  into: string
  me: string
  /** Of those that have ended only one that ended there. */
  at?: string | undefined
}

/** Ours for a branch: of this project, not of a fork with a branch of the same name, and opened by ourselves. */
export async function findRequest(api: Api, { branch, into, me, at }: Sought): Promise<MergeRequest | null> {
  const asked = {
    ...{ source_branch: branch, target_branch: into, state: 'all', scope: 'all' },
    ...{ order_by: 'created_at', sort: 'desc' },
  }
  const found = (await api.list('merge_requests', asked, RequestAnswer)).filter(
    (one) =>
      one.source_branch === branch &&
      one.target_branch === into &&
      one.source_project_id === one.target_project_id &&
      one.author.username === me,
  )
  const open = found.find(({ state }) => state === 'opened')
  return open ?? found.find(({ sha }) => at === undefined || sha === at) ?? null
}

const DRAFT = /^(?:\[?draft\]?:?|\(draft\)) */i

/** Takes a draft out of its draft, which on GitLab is a word in its title. */
export async function readyRequest(api: Api, number: number): Promise<void> {
  const { draft, state, title } = await requestAt(api, number)
  if (!draft || state !== 'opened') return
  await api.put(`merge_requests/${number}`, { title: title.replace(DRAFT, '') })
  if ((await requestAt(api, number)).draft) throw new Fault('CODE_UNREACHABLE', 'It stays a draft.')
}

/** GitLab lets one be open for a branch and its target (409), so a second try is refused there and found here. */
export async function openRequest(api: Api, plan: ProposalPlan, me: string): Promise<MergeRequest> {
  const wanted = { branch: plan.branch, into: plan.into, me, at: plan.head }
  const known = await findRequest(api, wanted)
  // Left open by what came before it on the same branch: it is about this one from now on.
  if (known?.state === 'opened' && plan.marker && !hasMarker(known.description ?? '', plan.marker))
    await api.put(`merge_requests/${known.iid}`, wordsOf({ ...plan, draft: known.draft }))
  return known ?? create(api, plan, wanted)
}

const wordsOf = ({ title, body, draft, branch, marker }: ProposalPlan) => ({
  title: draft ? `Draft: ${title}` : title,
  description: withMarker(quiet(body), marker ?? branch.replaceAll('/', ':')),
})

async function create(api: Api, plan: ProposalPlan, wanted: Sought): Promise<MergeRequest> {
  const find = () => findRequest(api, wanted)
  const body = {
    ...{ source_branch: plan.branch, target_branch: plan.into, labels: plan.labels.join(','), squash: false },
    ...{ ...wordsOf(plan), remove_source_branch: false },
  }
  try {
    const { status, data } = await api.post('merge_requests', body, [409, 422])
    if (status === 201) return parsed(RequestAnswer, data, 'merge request')
    const found = await find()
    if (found) return found
    throw new Fault('CODE_UNREACHABLE', `GitLab opens no merge request: ${said(data)}`)
  } catch (error) {
    // Opened, and only the answer was lost.
    const found = await find().catch(() => null)
    if (found) return found
    throw error
  }
}
