import type { ISql, Sql } from 'postgres'
import { type Step, stepsOf, type Witness } from '../domain/evidence.ts'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import { errorEventOf } from '../parse/sentryEvent.ts'
import { stageOf } from '../policy/stage.ts'
import type { Stage } from '../policy/stageFacts.ts'
import { eventsCalled } from '../store/events.ts'
import { project as projectById } from '../store/projects.ts'
import { type Story, story } from '../store/story.ts'
import type { Actor } from '../world.ts'

/** An issue with everything that came of it and everything that its claims rest on. */
export interface IssueStory extends Story {
  witnesses: Witness[]
}

/** Events told with their bodies; the best ones come first in a diagnosis, the rest are told by id. */
const WHOLE = 5

/** Null when there is no such issue. */
export async function issueStory(sql: ISql, id: number): Promise<{ told: IssueStory; project: Project } | null> {
  const told = await story(sql, id)
  const project = told && (await projectById(sql, told.issue.project))
  if (!told || !project) return null
  const named = told.diagnosis?.facts.events ?? []
  return { told: { ...told, witnesses: await witnessesOf(sql, project.id, named.slice(0, WHOLE)) }, project }
}

/** The same for the command line: with its stage, and each call beside its rows of the audit. */
export interface Shown extends IssueStory {
  project: string
  stage: Stage
  steps: Step[]
}

export async function shownIssue({ sql, clock }: Pick<Actor, 'clock'> & { sql: Sql }, id: number): Promise<Shown> {
  const found = await issueStory(sql, id)
  if (!found) throw new Fault('NOT_FOUND', `issue ${id}`)
  const { told, project } = found
  const stage = stageOf({ ...told, project, now: clock.now() })
  return { ...told, project: project.slug, stage, steps: stepsOf(told.effects, told.audit) }
}

async function witnessesOf(sql: ISql, project: number, ids: string[]): Promise<Witness[]> {
  const kept = new Map((await eventsCalled(sql, project, ids)).map((row) => [row.externalId, row]))
  return ids.map((id) => {
    const row = kept.get(id)
    const parsed = row && errorEventOf(row.body, row.receivedAt.toISOString(), id)
    if (!parsed?.ok) return { id, event: null }
    const { at, sha, environment, route, request, failure } = parsed.event
    return { id, event: { at, sha, environment, route, request, failure } }
  })
}
