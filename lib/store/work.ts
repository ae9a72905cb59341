import type { ISql } from 'postgres'
import type { Agent, Lease, Next } from '../domain/work.ts'

/** Next piece of work that is due, or null. Two workers never get the same one while its lease lives. */
export async function claimWork(sql: ISql, agent: Agent, leaseSeconds: number): Promise<Lease | null> {
  const [row] = await sql<Lease[]>`
    select subject, project, fence, tries from claim_work(${agent}, make_interval(secs => ${leaseSeconds}))`
  return row ?? null
}

export async function keepWork(sql: ISql, lease: Lease, leaseSeconds: number): Promise<boolean> {
  const [row] = await sql<{ kept: boolean }[]>`
    select keep_work(${lease.subject}, ${lease.fence}, make_interval(secs => ${leaseSeconds})) as kept`
  return row?.kept ?? false
}

/** Hands over or drops; `trouble` keeps the count of tries, so that poison is found out. */
export async function finishWork(sql: ISql, lease: Lease, next: Next, trouble: string | null = null): Promise<boolean> {
  const agent = next === 'done' ? null : next.agent
  const seconds = next === 'done' ? 0 : next.inMs / 1000
  const [row] = await sql<{ finished: boolean }[]>`
    select finish_work(${lease.subject}, ${lease.fence}, ${agent}, make_interval(secs => ${seconds}), ${trouble}) as finished`
  return row?.finished ?? false
}

export async function addWork(sql: ISql, subject: string, project: number, agent: Agent, inMs = 0): Promise<void> {
  await sql`insert into work (subject, project, agent, due_at)
            values (${subject}, ${project}, ${agent}, now() + make_interval(secs => ${inMs / 1000})) on conflict do nothing`
}

/** Makes work due at once, also when it is being done right now. */
export async function nudge(sql: ISql, subject: string): Promise<void> {
  await sql`select nudge(${subject})`
}

/** Milliseconds until each agent's earliest work; what a freshly started process rings for. */
export async function dueSoon(sql: ISql): Promise<{ agent: Agent; inMs: number }[]> {
  return sql<{ agent: Agent; inMs: number }[]>`
    select agent, greatest(0, extract(epoch from min(greatest(due_at, coalesce(lease_until, due_at))) - now()) * 1000)::int as in_ms
    from work group by agent`
}

/** Somebody has something to tell: whoever holds the channels looks at once, also when it is looking right now. */
export async function wakeNotices(sql: ISql, project: number): Promise<void> {
  await addWork(sql, noticesSubject(project), project, 'releaser')
  await nudge(sql, noticesSubject(project))
}

export const noticesSubject = (project: number): string => `notices:${project}`

/** Something of a release may be told on the code host, by whoever holds the credentials. */
export async function wakePulls(sql: ISql, project: number): Promise<void> {
  await addWork(sql, pullsSubject(project), project, 'releaser')
  await nudge(sql, pullsSubject(project))
}

export const pullsSubject = (project: number): string => `pulls:${project}`
