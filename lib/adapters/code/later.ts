import type { Project } from '../../domain/project.ts'
import type { CodeActor, CodeReader, Review } from '../../world.ts'

/** Ports whose modules are loaded when one is first used: every command would read a whole client for nothing. */

export const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
  let opened: Promise<T> | undefined
  return () => (opened ??= open())
}

type Opens<P> = () => Promise<(project: Project) => P>

export function readerLater(opens: Opens<CodeReader>): (project: Project) => CodeReader {
  const open = once(opens)
  return (project) => {
    const code = once(async () => (await open())(project))
    return {
      head: async (...asked) => (await code()).head(...asked),
      commit: async (...asked) => (await code()).commit(...asked),
      files: async (...asked) => (await code()).files(...asked),
      blob: async (...asked) => (await code()).blob(...asked),
      blobs: async (...asked) => (await code()).blobs(...asked),
      blame: async (...asked) => (await code()).blame(...asked),
      isAncestor: async (...asked) => (await code()).isAncestor(...asked),
      branches: async () => (await code()).branches(),
      diff: async (...asked) => (await code()).diff(...asked),
    }
  }
}

export function actorLater(opens: Opens<CodeActor>): (project: Project) => CodeActor {
  const open = once(opens)
  return (project) => {
    const code = once(async () => (await open())(project))
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

export function reviewLater(opens: Opens<Review>): (project: Project) => Review {
  const open = once(opens)
  return (project) => {
    const review = once(async () => (await open())(project))
    return {
      open: async (...asked) => (await review()).open(...asked),
      find: async (...asked) => (await review()).find(...asked),
      comment: async (...asked) => (await review()).comment(...asked),
      opinions: async (...asked) => (await review()).opinions(...asked),
      checks: async (...asked) => (await review()).checks(...asked),
      merge: async (...asked) => (await review()).merge(...asked),
      close: async (...asked) => (await review()).close(...asked),
      escalate: async (...asked) => (await review()).escalate(...asked),
    }
  }
}
