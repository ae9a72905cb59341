import type { CodeChoice } from '../../domain/codeChoice.ts'
import type { HostFinding } from '../../domain/deployment.ts'
import type { Project } from '../../domain/project.ts'
import type { Review } from '../../world/review.ts'
import type { CodeActor, CodeReader } from '../../world.ts'
import { actorLater, readerLater, reviewLater } from '../code/later.ts'
import type { GitlabOptions } from './place.ts'

type Choice = Extract<CodeChoice, { kind: 'gitlab' }>
type Program = 'binary' | 'isomorphic'

const optionsOf = ({ url, login, cafile }: Choice, use: 'read' | 'write'): GitlabOptions => ({
  ...{ url, cafile: cafile ?? undefined },
  token: use === 'read' ? (login.read ?? login.write) : login.write,
})

export const gitlabReader = (choice: Choice, home: string, program: Program): ((project: Project) => CodeReader) =>
  readerLater(async () => (await import('../code.gitlab.ts')).gitlabReader(optionsOf(choice, 'read'), home, program))

export const gitlabActor = (choice: Choice, home: string, program: Program): ((project: Project) => CodeActor) =>
  actorLater(async () => (await import('../code.gitlab.ts')).gitlabActor(optionsOf(choice, 'write'), home, program))

export const gitlabReviewLater = (choice: Choice, pages: string): ((project: Project) => Review) =>
  reviewLater(async () => (await import('../review.gitlab.ts')).gitlabReview({ ...optionsOf(choice, 'write'), pages }))

export async function gitlabCodeFindings(choice: Choice, project: Project, reader: CodeReader): Promise<HostFinding[]> {
  const { gitlabFindings } = await import('./findings.ts')
  return gitlabFindings({ ...optionsOf(choice, 'write'), hasReadToken: choice.login.read !== null }, project, reader)
}
