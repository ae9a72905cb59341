import { randomBytes } from 'node:crypto'
import type { ISql, JSONValue } from 'postgres'
import type { Who } from '../domain/person.ts'
import { Policy, Settings } from '../domain/project.ts'
import type { Ruled } from './control.ts'

export interface ProjectSettings {
  settings: Settings
  /** Of what is stored: whoever changes the settings says with it what they saw. */
  seen: string
  ingestNo: number
  ingestKey: string
}

export async function settingsOf(sql: ISql, project: number): Promise<ProjectSettings> {
  const [row] = await sql<(Omit<ProjectSettings, 'settings'> & { settings: unknown })[]>`
    select settings, md5(settings::text) as seen, ingest_no, ingest_key from projects where id = ${project}`
  return { ...row!, settings: Settings.parse(row!.settings) }
}

export async function setSettings(
  sql: ISql,
  who: Who,
  project: number,
  settings: Settings,
  seen: string,
): Promise<Ruled> {
  const [row] = await sql<Ruled[]>`
    select * from set_settings(${project}, ${sql.json(settings as unknown as JSONValue)}, ${seen}, ${who.person}, ${who.via})`
  return row!
}

export interface Added {
  slug: string
  name: string
  settings: Settings
}

export async function addProject(sql: ISql, who: Who, { slug, name, settings }: Added): Promise<Ruled> {
  const policy = sql.json(Policy.parse({}) as unknown as JSONValue)
  const [row] = await sql<Ruled[]>`
    select * from add_project(${slug}, ${name}, ${policy}, ${sql.json(settings as unknown as JSONValue)},
      ${randomBytes(16).toString('hex')}, ${randomBytes(32)}, ${who.person}, ${who.via})`
  return row!
}
