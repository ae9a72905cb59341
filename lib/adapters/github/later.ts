import type { Project } from '../../domain/project.ts'
import type { Review } from '../../world/review.ts'
import type { CodeActor, CodeReader, Hook } from '../../world.ts'
import { actorLater, readerLater, reviewLater } from '../code/later.ts'
import { later } from '../later.ts'
import type { GithubOptions } from './repository.ts'

export const githubReader = (options: GithubOptions): ((project: Project) => CodeReader) =>
  readerLater(async () => (await import('../code.github.ts')).githubReader(options))

export const githubActor = (options: GithubOptions): ((project: Project) => CodeActor) =>
  actorLater(async () => (await import('../code.github.ts')).githubActor(options))

export const githubReview = (options: GithubOptions): ((project: Project) => Review) =>
  reviewLater(async () => (await import('../review.github.ts')).githubReview(options))

export const githubHook = (secret: string): Hook =>
  later(async () => (await import('../hook.github.ts')).githubHook(secret), { accepts: true })
