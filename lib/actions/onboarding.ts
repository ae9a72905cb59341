import type { Sql } from 'postgres'
import type { Step } from '../domain/onboarding.ts'
import type { Project } from '../domain/project.ts'
import { type OnboardingFacts, onboarding } from '../policy/onboarding.ts'
import { roleProblem } from '../store/database.ts'
import { databaseHealth, lastSuccess } from '../store/lastSuccess.ts'

export type Chosen = Pick<OnboardingFacts, 'code' | 'deploy' | 'vercel' | 'sentry' | 'channels'>

/** How setting up stands, from what was chosen and what has arrived. */
export async function stepsOf(sql: Sql, chosen: Chosen, project: Project | undefined): Promise<Step[]> {
  const [database, { people, owners }, last] = await Promise.all([
    roleProblem(sql),
    databaseHealth(sql),
    project ? lastSuccess(sql, project.id) : null,
  ])
  const seen = { lastEvent: last?.event ?? null, lastDrained: last?.drained ?? null }
  return onboarding({ ...chosen, database, people, owners, project: project ?? null, ...seen })
}
