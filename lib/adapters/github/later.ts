import type { Project } from '../../domain/project.ts'
import type { CodeActor, CodeReader, Hook, Review } from '../../world.ts'
import { later, once, type Verbs } from '../later.ts'
import type { GithubOptions } from './repository.ts'

/** Ports on GitHub: Octokit is read when one is first used. Opened once a process, since they remember what they saw. */
function ofProjects<P extends object>(open: () => Promise<(project: Project) => P>, verbs: Verbs<P>) {
  const opened = once(open)
  return (project: Project): P => later(async () => (await opened())(project), verbs)
}

export const githubReader = (options: GithubOptions): ((project: Project) => CodeReader) =>
  ofProjects(async () => (await import('../code.github.ts')).githubReader(options), {
    ...{ head: true, commit: true, files: true, blob: true, blobs: true, blame: true, isAncestor: true },
  })

export const githubActor = (options: GithubOptions): ((project: Project) => CodeActor) =>
  ofProjects(async () => (await import('../code.github.ts')).githubActor(options), {
    ...{ head: true, commit: true, files: true, filesOfTree: true, blob: true, isAncestor: true },
    ...{ composeTree: true, composeCommit: true, mergeTree: true, push: true },
  })

export const githubReview = (options: GithubOptions): ((project: Project) => Review) =>
  ofProjects(async () => (await import('../review.github.ts')).githubReview(options), {
    ...{ open: true, find: true, comment: true, opinions: true, checks: true, merge: true, close: true },
    escalate: true,
  })

export const githubHook = (secret: string): Hook =>
  later(async () => (await import('../hook.github.ts')).githubHook(secret), { accepts: true })
