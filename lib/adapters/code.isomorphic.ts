import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { actorOver, readerOver, type WritesCopy } from './code/overCopy.ts'
import type { Far } from './git/reach.ts'
import { blame } from './isomorphic/blame.ts'
import { push } from './isomorphic/push.ts'
import { isAncestor, readBlob, readBlobs, readCommit, readFiles, readTree } from './isomorphic/read.ts'
import { remoteBranches, remoteHead, type Store, storeOf } from './isomorphic/store.ts'
import { composeCommit, composeTree, mergeTree } from './isomorphic/write.ts'

const library: WritesCopy<Store> = {
  ...{ remoteHead, remoteBranches, readCommit, readFiles, readTree, readBlob, readBlobs, blame, isAncestor },
  ...{ composeTree, composeCommit, mergeTree, push },
}

/** Any git host over HTTPS where there is no program git, as in a function: a library reads and writes our copy. */
export const isomorphicReader = (home: string, project: Project, far: Far): CodeReader =>
  readerOver(() => storeOf(home, project, far, 'read'), library)

export const isomorphicActor = (home: string, project: Project, far: Far): CodeActor =>
  actorOver(() => storeOf(home, project, far, 'write'), library, { home, project })
