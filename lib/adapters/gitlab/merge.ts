import { setTimeout as sleep } from 'node:timers/promises'
import type { MergeAnswer } from '../../domain/proposal.ts'
import type { Sha } from '../../domain/tree.ts'
import { type Api, said } from './client.ts'
import { type MergeRequest, proposalOf, requestAt } from './requests.ts'

const LOOKS = 5
const LOOK_AGAIN_MS = 700
/** GitLab finds out in the background whether it can be merged. */
const FINDS_OUT = ['unchecked', 'checking', 'preparing', 'approvals_syncing']

/**
 * Merges a request whose head is still what was decided about. What became of it is read off the request itself, so that
 * a merge whose answer was lost is a merge. It is never set to merge by itself: that would ship at an hour nobody decided.
 */
export async function mergeRequest(api: Api, number: number, head: Sha, message: string): Promise<MergeAnswer> {
  let request = await requestAt(api, number)
  for (
    let look = 1;
    look < LOOKS && request.state === 'opened' && FINDS_OUT.includes(request.detailed_merge_status);
    look += 1
  ) {
    await sleep(LOOK_AGAIN_MS)
    request = await requestAt(api, number)
  }
  const now = stateOf(request, head)
  if (now) return now
  if (FINDS_OUT.includes(request.detailed_merge_status)) return { state: 'unknown' }
  if (request.detailed_merge_status === 'conflict') return { state: 'conflicts' }
  const asked = { sha: head, merge_commit_message: message.trim(), squash: false, should_remove_source_branch: false }
  const answer = await api.put(`merge_requests/${number}/merge`, asked, [401, 403, 405, 406, 409, 422])
  const after = await requestAt(api, number)
  const then = stateOf(after, head)
  if (then) return then
  // Done, and what was read is a moment behind.
  if (answer.status === 200) return { state: 'unknown' }
  if (answer.status === 409) return { state: 'moved' }
  if (after.merge_when_pipeline_succeeds) return { state: 'queued' }
  return { state: 'blocked', why: `${after.detailed_merge_status.replaceAll('_', ' ')}: ${said(answer.data)}` }
}

/** What it is whether anybody merges it or not; null while it is open, at this head, and no draft. */
function stateOf(request: MergeRequest, head: Sha): MergeAnswer | null {
  if (request.sha !== head) return { state: 'moved' }
  const { state, merge } = proposalOf(request)
  if (state === 'merged' && merge) return { state: 'merged', sha: merge }
  if (state === 'closed') return { state: 'closed' }
  return request.draft ? { state: 'blocked', why: 'It is a draft.' } : null
}
