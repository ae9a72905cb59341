import type { MergeAnswer } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'
import { endOf, lookedAt } from '../review/merging.ts'
import { type Api, said } from './client.ts'
import { proposalOf, requestAt } from './requests.ts'

/** What it says while it does not know yet. */
const FINDS_OUT = ['unchecked', 'checking', 'preparing', 'approvals_syncing']

/**
 * Merges a request whose head is still what was decided about. What became of it is read off the request itself, so that
 * a merge whose answer was lost is a merge. It is never set to merge by itself: that would ship at an hour nobody decided.
 */
export async function mergeRequest(api: Api, number: number, head: Sha, message: string): Promise<MergeAnswer> {
  const look = () => requestAt(api, number)
  const request = await lookedAt(
    look,
    ({ state, detailed_merge_status: status }) => state === 'opened' && FINDS_OUT.includes(status),
  )
  const now = endOf(proposalOf(request), head)
  if (now) return now
  if (FINDS_OUT.includes(request.detailed_merge_status)) return { state: 'unknown' }
  if (request.detailed_merge_status === 'conflict') return { state: 'conflicts' }
  const asked = { sha: head, merge_commit_message: message.trim(), squash: false, should_remove_source_branch: false }
  const answer = await api.put(`merge_requests/${number}/merge`, asked, [401, 403, 405, 406, 409, 422])
  const after = await look()
  const then = endOf(proposalOf(after), head)
  if (then) return then
  // Done, and what was read is a moment behind.
  if (answer.status === 200) return { state: 'unknown' }
  if (answer.status === 409) return { state: 'moved' }
  if (after.merge_when_pipeline_succeeds) return { state: 'queued' }
  return { state: 'blocked', why: `${after.detailed_merge_status.replaceAll('_', ' ')}: ${said(answer.data)}` }
}
