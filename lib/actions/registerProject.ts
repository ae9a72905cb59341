import { randomBytes } from 'node:crypto'
import type { ISql, JSONValue } from 'postgres'
import { type Level, Policy, Settings } from '../domain/project.ts'

export interface NewProject {
  slug: string
  name: string
  level?: Level
  policy?: unknown
  settings: unknown
}

/** Where an SDK of the project sends its events. */
export interface Registered {
  id: number
  ingestNo: number
  ingestKey: string
}

/** Level 1 unless said otherwise; registering the same slug again changes nothing. */
export async function registerProject(sql: ISql, p: NewProject, by = 'owner'): Promise<Registered> {
  const policy = Policy.parse(p.policy ?? {}) as unknown as JSONValue
  const settings = Settings.parse(p.settings) as unknown as JSONValue
  const key = randomBytes(16).toString('hex')
  const [row] = await sql<Registered[]>`
    select * from register_project(${p.slug}, ${p.name}, ${p.level ?? 1}, ${sql.json(policy)}, ${sql.json(settings)},
      ${key}, ${randomBytes(32)}, ${by})`
  return row!
}

export const dsnOf = (url: string, { ingestKey, ingestNo }: Pick<Registered, 'ingestKey' | 'ingestNo'>): string => {
  const at = new URL(url)
  return `${at.protocol}//${ingestKey}@${at.host}/ingest/${ingestNo}`
}
