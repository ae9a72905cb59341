import type { Project } from '../domain/project.ts'
import type { CodeActor, CodeReader } from '../world.ts'
import { gitActor, gitReader } from './code.git.ts'
import { isomorphicActor, isomorphicReader } from './code.isomorphic.ts'
import { cloned, farWith, type GitlabOptions } from './gitlab/place.ts'

/**
 * Code on GitLab goes over its git, with the same token as its API. The API's commits have one parent and no
 * compare-and-set of a branch: with it a merge could neither be composed and proven beforehand nor be held to what was seen.
 */
export function gitlabReader(
  options: GitlabOptions,
  home: string,
  program: 'binary' | 'isomorphic',
): (project: Project) => CodeReader {
  const far = farWith(options)
  const open = program === 'binary' ? gitReader : isomorphicReader
  return (project) => open(home, cloned(options.url, project), far)
}

export function gitlabActor(
  options: GitlabOptions,
  home: string,
  program: 'binary' | 'isomorphic',
): (project: Project) => CodeActor {
  const far = farWith(options)
  const open = program === 'binary' ? gitActor : isomorphicActor
  return (project) => open(home, cloned(options.url, project), far)
}
