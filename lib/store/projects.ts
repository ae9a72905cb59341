import type { ISql } from 'postgres'
import { Policy, type Project, Settings } from '../domain/project.ts'

const columns = (sql: ISql) =>
  sql`id, slug, name, level, policy, policy_version, cap_per_day, paused_at, paused_by, paused_why, settings, ingest_no`

function projectOf(row: Record<string, unknown>): Project {
  return { ...(row as unknown as Project), policy: Policy.parse(row.policy), settings: Settings.parse(row.settings) }
}

export async function projects(sql: ISql): Promise<Project[]> {
  return (await sql`select ${columns(sql)} from projects order by id`).map(projectOf)
}

/** Those that somebody is a member of; an owner of all. */
export async function projectsOf(sql: ISql, person: number): Promise<Project[]> {
  return (await sql`select ${columns(sql)} from projects where is_member(${person}, id) order by id`).map(projectOf)
}

export async function project(sql: ISql, id: number): Promise<Project | null> {
  const [row] = await sql`select ${columns(sql)} from projects where id = ${id}`
  return row ? projectOf(row) : null
}

export async function projectBySlug(sql: ISql, slug: string): Promise<Project | null> {
  const [row] = await sql`select ${columns(sql)} from projects where slug = ${slug}`
  return row ? projectOf(row) : null
}

export interface IngestTarget {
  project: number
  key: string
  /** Keys the hash of user ids, so that hashes of two projects cannot be compared. */
  salt: Buffer
}

export async function ingestTarget(sql: ISql, ingestNo: number): Promise<IngestTarget | null> {
  const [row] = await sql<IngestTarget[]>`
    select id as project, ingest_key as key, salt from projects where ingest_no = ${ingestNo}`
  return row ?? null
}

export interface PolicyVersion {
  version: number
  at: Date
  by: string
  level: number
  capPerDay: number
  policy: unknown
}

/** Newest first. */
export async function policyHistory(sql: ISql, project: number, limit = 50): Promise<PolicyVersion[]> {
  return sql<PolicyVersion[]>`
    select version, at, by, level, cap_per_day, policy from policies where project = ${project} order by version desc limit ${limit}`
}
