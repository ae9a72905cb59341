import type { ISql } from 'postgres'
import type { Notice } from '../world.ts'

export async function insertNotice(sql: ISql, project: number, n: Notice): Promise<void> {
  await sql`insert into notices (project, key, title, body, link)
            values (${project}, ${n.key}, ${n.title}, ${n.body}, ${n.link}) on conflict do nothing`
}

export async function noticeArrived(sql: ISql, project: number, key: string): Promise<boolean> {
  const rows = await sql`select 1 from notices where project = ${project} and key = ${key}`
  return rows.length > 0
}

export async function noticesOf(sql: ISql, project: number, limit = 20): Promise<(Notice & { at: Date })[]> {
  return sql<(Notice & { at: Date })[]>`
    select key, at, title, body, link from notices where project = ${project} order by at desc limit ${limit}`
}
