import type { ISql } from 'postgres'
import { fix as fixById } from '../store/fixes.ts'
import { projectBySlug } from '../store/projects.ts'
import { release as releaseById } from '../store/releases.ts'

/** What a decision is about, by what its body names; `project: null`: there is no such thing. */
export interface Subject {
  named: string
  project: number | null
}

/** Null: about no project, so about the installation. Read off the body, so that no verb can forget to say it. */
export async function subjectOf(sql: ISql, input: unknown): Promise<Subject | null> {
  if (typeof input !== 'object' || input === null) return null
  const { project, fix, release } = input as Record<string, unknown>
  if (typeof project === 'string')
    return { named: `project ${project}`, project: (await projectBySlug(sql, project))?.id ?? null }
  if (typeof fix === 'string') return { named: `fix ${fix}`, project: (await fixById(sql, fix))?.project ?? null }
  if (typeof release === 'number')
    return { named: `release ${release}`, project: (await releaseById(sql, release))?.project ?? null }
  return null
}
