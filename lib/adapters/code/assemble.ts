import type { Sql } from 'postgres'
import type { CodeChoice, GitChoice } from '../../domain/codeChoice.ts'
import type { HostFinding } from '../../domain/deployment.ts'
import type { Project } from '../../domain/project.ts'
import type { SealingKey } from '../../domain/sealed.ts'
import type { Actor, Reader } from '../../world.ts'
import { gitActor, gitReader } from '../code.git.ts'
import { gitFindings } from '../git/findings.ts'
import { farOf } from '../git/logins.ts'
import { hasGit } from '../git/programs.ts'
import { githubActor, githubReader, githubReview } from '../github/later.ts'
import { gitlabActor, gitlabCodeFindings, gitlabReader, gitlabReviewLater } from '../gitlab/later.ts'
import { actorLater, readerLater } from './later.ts'

/** `encryption`: what stored logins are sealed with. */
export interface CodeConfig {
  code: CodeChoice
  home: string
  encryption: SealingKey[]
}

/** What was chosen, else what is there: a function has no program git. */
export const programOf = ({ program }: GitChoice): 'binary' | 'isomorphic' =>
  program ?? (hasGit() ? 'binary' : 'isomorphic')

export function codeReaders({ code, home, encryption: sealing }: CodeConfig, sql: Sql): Reader['code'] {
  if (code.kind === 'github') return githubReader(code)
  if (code.kind === 'gitlab') return gitlabReader(code, home, programOf(code))
  const far = farOf({ sql, sealing, git: code }, 'read')
  if (programOf(code) === 'binary') return (project) => gitReader(home, project, far)
  return readerLater(async () => {
    const { isomorphicReader } = await import('../code.isomorphic.ts')
    return (project) => isomorphicReader(home, project, far)
  })
}

export function codeActors({ code, home, encryption: sealing }: CodeConfig, sql: Sql): Actor['code'] {
  if (code.kind === 'github') return githubActor(code)
  if (code.kind === 'gitlab') return gitlabActor(code, home, programOf(code))
  const far = farOf({ sql, sealing, git: code }, 'write')
  if (programOf(code) === 'binary') return (project) => gitActor(home, project, far)
  return actorLater(async () => {
    const { isomorphicActor } = await import('../code.isomorphic.ts')
    return (project) => isomorphicActor(home, project, far)
  })
}

/** How a project's repository is reached, and whether it is; asks it, and changes nothing there. */
export async function codeFindings(config: CodeConfig, sql: Sql, project: Project): Promise<HostFinding[]> {
  const { code, encryption: sealing } = config
  if (code.kind === 'github') return []
  if (code.kind === 'gitlab') return gitlabCodeFindings(code, project, codeReaders(config, sql)(project))
  return gitFindings({ sql, sealing, git: code }, project, codeReaders(config, sql)(project))
}

/** Null where the code is in a repository without pull requests. */
export function reviews({ code, url: pages }: { code: CodeChoice; url: string }): Actor['review'] {
  if (code.kind === 'github') return githubReview({ ...code, pages })
  return code.kind === 'gitlab' ? gitlabReviewLater(code, pages) : () => null
}
