import type { Project } from '@/lib/domain/project.ts'
import { projectsOf } from '@/lib/store/projects.ts'
import { named } from './named.ts'
import { requirePerson } from './session.ts'
import { world } from './world.ts'

/** What a page's address may ask for; a name that is given twice counts as its first value. */
export type Query = Promise<Record<string, string | string[] | undefined>>

export const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

/** The project an address names, otherwise the first one; of those that whoever looks is a member of. */
export async function chosen(slug: string | undefined): Promise<{ all: Project[]; project: Project | undefined }> {
  const { id } = await requirePerson()
  const all = await named(() => projectsOf(world().sql, id))
  return { all, project: all.find((project) => project.slug === slug) ?? all[0] }
}
