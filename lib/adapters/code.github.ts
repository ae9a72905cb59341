import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { diffOf } from './code/diff.ts'
import { onlyOurRefs } from './code/ourRefs.ts'
import { blobOf, blobsOf } from './github/blobs.ts'
import { composeCommit, composeTree } from './github/compose.ts'
import type { Permissions } from './github/login.ts'
import { mergeTree } from './github/merge.ts'
import { push } from './github/push.ts'
import { blameOf, branchesOf, commitAt, filesAt, headOf, isAncestor, listingOf, plainCommit } from './github/read.ts'
import { type GithubOptions, type GithubRepository, repositories } from './github/repository.ts'

/** What each zone's tokens may do; an App's installation has to grant all of it, and none of what `login.ts` refuses. */
const READS: Permissions = { metadata: 'read', contents: 'read' }
const WRITES: Permissions = { metadata: 'read', contents: 'write' }
/** Reading a whole repository takes longer than a call that changes something may. */
const READING_MS = 180_000
const READING_ATTEMPT_MS = 30_000

/** GitHub by its API alone, since a function has no git. Once a process and zone: tokens and what was read are kept. */
export function githubReader(options: GithubOptions): (project: Project) => CodeReader {
  const open = repositories({ attemptMs: READING_ATTEMPT_MS, ...options }, READS)
  return (project) => reader(open(project), READING_MS)
}

export function githubActor(options: GithubOptions): (project: Project) => CodeActor {
  const open = repositories(options, WRITES)
  return (project) => {
    const repository = open(project)
    const { blame: _, blobs: __, branches: ___, diff: ____, ...reads } = reader(repository)
    const { begin } = repository
    return {
      ...reads,
      filesOfTree: (tree) => listingOf(repository, begin(), tree),
      composeTree: (base, edits) => composeTree(repository, begin(), base, edits),
      composeCommit: (plan) => composeCommit(repository, begin(), plan),
      mergeTree: (ours, theirs) => mergeTree(repository, begin(), ours, theirs),
      push: async (branch, sha, expected) => {
        const api = begin()
        await onlyOurRefs(project, branch, sha, expected, (a, b) => isAncestor(api, a, b))
        return push(repository, api, branch, sha, expected)
      },
    }
  }
}

function reader(repository: GithubRepository, ms?: number): CodeReader {
  const begin = () => repository.begin(ms)
  const code: CodeReader = {
    head: (branch) => headOf(begin(), branch),
    commit: async (sha) => plainCommit(await commitAt(repository, begin(), sha)),
    files: (sha) => filesAt(repository, begin(), sha),
    blob: (oid) => blobOf(repository, begin(), oid),
    blobs: (entries) => blobsOf(repository, begin(), entries),
    blame: async (sha, path, line) => {
      const commit = await blameOf(repository, begin(), sha, path, line)
      return commit && plainCommit(commit)
    },
    isAncestor: (a, b) => isAncestor(begin(), a, b),
    branches: () => branchesOf(begin()),
    diff: (from, to) => diffOf(code, from, to),
  }
  return code
}
