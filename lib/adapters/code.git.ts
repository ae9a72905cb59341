import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { actorOver, readerOver, type WritesCopy } from './code/overCopy.ts'
import { type Mirror, mirrorOf, remoteBranches, remoteHead } from './git/mirror.ts'
import { push } from './git/push.ts'
import { type Far, NO_LOGIN } from './git/reach.ts'
import { blame, isAncestor, readBlob, readBlobs, readCommit, readFiles, readTree } from './git/read.ts'
import { composeCommit, composeTree, mergeTree } from './git/write.ts'
import { once } from './later.ts'

const git: WritesCopy<Mirror> = {
  ...{ remoteHead, remoteBranches, readCommit, readFiles, readTree, readBlob, readBlobs, blame, isAncestor },
  ...{ composeTree, composeCommit, mergeTree, push },
}

const mirror = (home: string, project: Project, far: Far) => once(() => mirrorOf(home, project, far))

/** Any git remote, over HTTPS or SSH, or a bare repository on disk. `home` holds our mirrors. */
export const gitReader = (home: string, project: Project, far: Far = NO_LOGIN): CodeReader =>
  readerOver(mirror(home, project, far), git)

export const gitActor = (home: string, project: Project, far: Far = NO_LOGIN): CodeActor =>
  actorOver(mirror(home, project, far), git, { home, project })
