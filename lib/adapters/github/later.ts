import type { Project } from '../../domain/project.ts'
import type { CodeActor, CodeReader, Hook, Review } from '../../world.ts'
import type { GithubOptions } from './repository.ts'

/** Ports on GitHub whose modules are loaded when one is first used: every command would read Octokit for nothing. */

const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | undefined
  return () => (opened ??= open())
}

export function githubReader(options: GithubOptions): (project: Project) => CodeReader {
  const open = once(async () => (await import('../code.github.ts')).githubReader(options))
  return (project) => {
    const code = async () => (await open())(project)
    return {
      head: async (...asked) => (await code()).head(...asked),
      commit: async (...asked) => (await code()).commit(...asked),
      files: async (...asked) => (await code()).files(...asked),
      blob: async (...asked) => (await code()).blob(...asked),
      blobs: async (...asked) => (await code()).blobs(...asked),
      blame: async (...asked) => (await code()).blame(...asked),
      isAncestor: async (...asked) => (await code()).isAncestor(...asked),
    }
  }
}

export function githubActor(options: GithubOptions): (project: Project) => CodeActor {
  const open = once(async () => (await import('../code.github.ts')).githubActor(options))
  return (project) => {
    const code = async () => (await open())(project)
    return {
      head: async (...asked) => (await code()).head(...asked),
      commit: async (...asked) => (await code()).commit(...asked),
      files: async (...asked) => (await code()).files(...asked),
      filesOfTree: async (...asked) => (await code()).filesOfTree(...asked),
      blob: async (...asked) => (await code()).blob(...asked),
      isAncestor: async (...asked) => (await code()).isAncestor(...asked),
      composeTree: async (...asked) => (await code()).composeTree(...asked),
      composeCommit: async (...asked) => (await code()).composeCommit(...asked),
      mergeTree: async (...asked) => (await code()).mergeTree(...asked),
      push: async (...asked) => (await code()).push(...asked),
    }
  }
}

export function githubReview(options: GithubOptions): (project: Project) => Review {
  const open = once(async () => (await import('../review.github.ts')).githubReview(options))
  return (project) => {
    const review = async () => (await open())(project)
    return {
      open: async (...asked) => (await review()).open(...asked),
      find: async (...asked) => (await review()).find(...asked),
      ready: async (...asked) => (await review()).ready(...asked),
      isCommented: async (...asked) => (await review()).isCommented(...asked),
      comment: async (...asked) => (await review()).comment(...asked),
      opinions: async (...asked) => (await review()).opinions(...asked),
      checks: async (...asked) => (await review()).checks(...asked),
      merge: async (...asked) => (await review()).merge(...asked),
      close: async (...asked) => (await review()).close(...asked),
      escalate: async (...asked) => (await review()).escalate(...asked),
      escalated: async (...asked) => (await review()).escalated(...asked),
      isQueued: async (...asked) => (await review()).isQueued(...asked),
      deletesMerged: async () => (await review()).deletesMerged(),
      showDeployed: async (...asked) => (await review()).showDeployed(...asked),
      isShownDeployed: async (...asked) => (await review()).isShownDeployed(...asked),
    }
  }
}

export function githubHook(secret: string): Hook {
  const open = once(async () => (await import('../hook.github.ts')).githubHook(secret))
  return { accepts: async (...asked) => (await open()).accepts(...asked) }
}
