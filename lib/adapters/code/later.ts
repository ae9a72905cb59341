import type { Project } from '../../domain/project.ts'
import type { Review } from '../../world/review.ts'
import type { CodeActor, CodeReader } from '../../world.ts'
import { later, once, type Verbs } from '../later.ts'

/** Ports whose client is read when one is first used. Opened once a process, since they remember what they saw. */

type OfProjects<P> = (project: Project) => P
type Opens<P> = () => Promise<OfProjects<P>>

function ofProjects<P extends object>(open: Opens<P>, verbs: Verbs<P>): OfProjects<P> {
  const opened = once(open)
  return (project) => later(async () => (await opened())(project), verbs)
}

export const readerLater = (open: Opens<CodeReader>): OfProjects<CodeReader> =>
  ofProjects(open, {
    ...{ head: true, commit: true, files: true, blob: true, blobs: true, blame: true, isAncestor: true },
    ...{ branches: true, diff: true },
  })

export const actorLater = (open: Opens<CodeActor>): OfProjects<CodeActor> =>
  ofProjects(open, {
    ...{ head: true, commit: true, files: true, filesOfTree: true, blob: true, isAncestor: true },
    ...{ composeTree: true, composeCommit: true, mergeTree: true, push: true },
  })

export const reviewLater = (open: Opens<Review>): OfProjects<Review> =>
  ofProjects(open, {
    ...{ open: true, find: true, comment: true, opinions: true, checks: true, merge: true, close: true },
    ...{ ready: true, isCommented: true, isQueued: true, deletesMerged: true },
    ...{ escalate: true, escalated: true, showDeployed: true, isShownDeployed: true },
  })
