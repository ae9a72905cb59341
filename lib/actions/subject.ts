import type { ISql } from 'postgres'
import { fix as fixById } from '../store/fixes.ts'
import { issue as issueById } from '../store/issues.ts'
import { projectBySlug } from '../store/projects.ts'
import { release as releaseById } from '../store/releases.ts'

/** Something a decision is about, as its body names it; `project: null`: there is no such thing. */
export interface Subject {
  named: string
  project: number | null
}

/** Read off the body, so that no verb can forget to say it; none: it is about the installation. */
export async function subjectsOf(sql: ISql, input: unknown): Promise<Subject[]> {
  if (typeof input !== 'object' || input === null) return []
  const { project, issue, fix, release } = input as Record<string, unknown>
  const found: Subject[] = []
  const add = (named: string, of: number | undefined) => found.push({ named, project: of ?? null })
  if (typeof project === 'string') add(`project ${project}`, (await projectBySlug(sql, project))?.id)
  if (typeof issue === 'number') add(`issue ${issue}`, (await issueById(sql, issue))?.project)
  if (typeof fix === 'string') add(`fix ${fix}`, (await fixById(sql, fix))?.project)
  if (typeof release === 'number') add(`release ${release}`, (await releaseById(sql, release))?.project)
  return found
}
