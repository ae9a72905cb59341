import type { ISql } from 'postgres'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Claim, Decision, EffectRequest } from '../../lib/domain/effect.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { claimWork } from '../../lib/store/work.ts'

export const SHA = 'a'.repeat(40)
export const TREE = 'b'.repeat(40)
export const FIX = 'c'.repeat(12)

/** A project with a proven fix on its way and a live lease on the release's work. */
export async function projectWithLease(sql: ISql, policy: object = {}): Promise<{ project: number; lease: Lease }> {
  const { id } = await registerProject(sql, {
    slug: 'shop',
    name: 'Shop',
    level: 2,
    policy,
    settings: { repository: '/srv/shop.git', app: 'shop' },
  })
  const [issue] = await sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${id}, 'f', 't', 'P2', 'w', now(), now()) returning id`
  await sql`insert into fixes (id, project, issue, attempt, base, state, tree, patch, proof, proven_at)
            values (${FIX}, ${id}, ${issue!.id}, 1, ${SHA}, 'proven', ${TREE}, 'p', '{}', now())`
  await sql`insert into releases (project, fix, issue) values (${id}, ${FIX}, ${issue!.id})`
  await sql`insert into work (subject, project, agent) values ('release:1', ${id}, 'releaser')`
  return { project: id, lease: (await claimWork(sql, 'releaser', 60))! }
}

export function go(policyVersion = 1, more: Partial<Decision> = {}): Decision {
  const at = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
  return { answer: 'go', reasons: ['test'], policyVersion, from: at(-60), until: at(600), ...more }
}

export function request(project: number, more: Partial<EffectRequest> = {}): EffectRequest {
  return {
    key: 'k',
    project,
    subject: 'release:1',
    kind: 'push',
    target: 'branch',
    aim: '',
    tree: TREE,
    fix: FIX,
    decision: go(),
    timeoutSeconds: 30,
    ...more,
  }
}

/** The gate's answer in a word, with its reason for a no. */
export const said = (claim: Claim): string => (claim.answer === 'no' ? `no: ${claim.reason}` : claim.answer)

/** A proven fix of another issue of the same project. */
export async function otherFix(
  sql: ISql,
  project: number,
  { patch = 'q', attempt = 1, name }: { patch?: string; attempt?: number; name?: string },
): Promise<string> {
  const id = (name ?? `${attempt}`).padStart(12, 'e')
  const [issue] = await sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, severity, severity_why, first_seen, last_seen)
    values (${project}, ${id}, 't', 'P2', 'w', now(), now()) returning id`
  await sql`insert into fixes (id, project, issue, attempt, base, state, tree, patch, proof, proven_at)
            values (${id}, ${project}, ${issue!.id}, ${attempt}, ${SHA}, 'proven', ${TREE}, ${patch}, '{}', now())`
  return id
}
