import type { ISql } from 'postgres'
import type { Project } from '../domain/project.ts'
import { Fault } from '../errors.ts'
import type { Ruled } from '../store/control.ts'
import { projectBySlug } from '../store/projects.ts'

/** The database's no as a fault with its reason. */
export function ruled(answer: Ruled): Exclude<Ruled, { answer: 'refused' }> {
  if (answer.answer === 'refused') throw new Fault('REFUSED', answer.reason)
  return answer
}

export async function known(sql: ISql, slug: string): Promise<Project> {
  const project = await projectBySlug(sql, slug)
  if (!project) throw new Fault('NOT_FOUND', `project ${slug}`)
  return project
}
