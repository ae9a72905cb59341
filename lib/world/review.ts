import type {
  Checks,
  DeployRecord,
  Escalation,
  MergeAnswer,
  Opinions,
  Proposal,
  ProposalPlan,
} from '../domain/proposal.ts'
import type { Sha } from '../domain/tree.ts'

/** Pull requests, where the code host has them. Each verb may be asked twice and does it once. */
export interface Review {
  /** Opens it, or finds the one of ours that is there for the branch, whatever became of it. */
  open(plan: ProposalPlan): Promise<Proposal>
  /** With a head, of the ones that have ended only one that ended there: a branch may serve again and again. */
  find(branch: string, into: string, head?: Sha): Promise<Proposal | null>
  /** Takes a draft out of its draft. */
  ready(number: number): Promise<void>
  /** One comment a marker: written first, edited in place from then on. `link`: path of a page of ours. */
  comment(number: number, marker: string, body: string, link?: string): Promise<void>
  isCommented(number: number, marker: string, body: string, link?: string): Promise<boolean>
  opinions(number: number): Promise<Opinions>
  checks(sha: Sha): Promise<Checks>
  /** Merges what is at `head` and nothing else, as a commit with this message; protection is never gone around. */
  merge(number: number, head: Sha, message: string): Promise<MergeAnswer>
  /** Whether it merges by itself: it is in its queue, or somebody switched auto-merge on. */
  isQueued(number: number): Promise<boolean>
  /** Whether the host deletes a branch once its pull request is merged. */
  deletesMerged(): Promise<boolean>
  close(number: number): Promise<void>
  /** Opens an issue for a person; its number. One that a person closed is not opened again. */
  escalate(escalation: Escalation): Promise<number>
  escalated(marker: string): Promise<number | null>
  /** Shows a deployment and what became of it. A reason: the host does not let us, and nothing was done. */
  showDeployed(record: DeployRecord): Promise<{ refused: string } | undefined>
  isShownDeployed(record: DeployRecord): Promise<boolean>
}
