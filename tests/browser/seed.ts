import type { JSONValue, Sql } from 'postgres'
import type { Told } from '../../components/strand.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import type { Project } from '../../lib/domain/project.ts'
import { note } from '../../lib/store/audit.ts'
import { insertNotice } from '../../lib/store/notices.ts'
import { hostileTold, SAMPLES } from '../components/sample.ts'
import { NOW, project as sampleProject } from '../components/sampleIssue.ts'

export type State = keyof typeof SAMPLES

/** At most one release may be on staging and one in production, so a project cannot show every state at once. */
const SHOWN = [
  'cured',
  'watching',
  'soaking',
  'held',
  'needs-person',
  'fixing',
  'diagnosing',
  'no-code-cause',
  'noticed',
] as const satisfies State[]

/** A project whose rows are the samples, with hostile text among them. Issue ids by state. */
export async function seed(sql: Sql, admin: Sql): Promise<Record<(typeof SHOWN)[number] | 'hostile', number>> {
  const { id, issues } = await seedProject(sql, admin, {}, SHOWN)
  const hostile = await store(admin, id, hostileTold, 'hostile')
  await insertNotice(sql, id, {
    ...{ kind: 'cured', issue: issues.cured, release: 1 },
    key: 'release:1:cured',
    title: `Issue ${issues.cured}: cured`,
    body: '22 expected, 0 seen',
    link: `/dashboard/agent-control/issues/${issues.cured}`,
  })
  await note(sql, id, 'watcher', 'issue.opened', {
    issue: issues.cured,
    severity: 'P2',
    why: 'A request failed; 7 users saw it.',
  })
  return { ...issues, hostile }
}

/** A project of its own with these samples in it. */
export async function seedProject<S extends State>(
  sql: Sql,
  admin: Sql,
  over: Partial<Pick<Project, 'slug' | 'name'>> & { level?: 1 | 2 },
  states: readonly S[],
): Promise<{ id: number; issues: Record<S, number> }> {
  const { slug, name, level, settings, policy } = { ...sampleProject(), ...over }
  const { id } = await registerProject(sql, { slug, name, level, policy, settings })
  await admin`delete from nightshift.work`
  await admin`insert into nightshift.sources (project, kind, last_seen_at) values (${id}, 'traffic', now())`
  const issues: [S, number][] = []
  for (const state of states) issues.push([state, await store(admin, id, SAMPLES[state], state)])
  return { id, issues: Object.fromEntries(issues) as Record<S, number> }
}

/** Sample times are told at a fixed instant; rows are moved to now, so that the page shows the same picture. */
const moved = (at: Date): Date => new Date(at.getTime() + Date.now() - NOW.getTime())

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
const movedFacts = (facts: unknown): unknown =>
  JSON.parse(JSON.stringify(facts), (_key, value: unknown) =>
    typeof value === 'string' && INSTANT.test(value) ? moved(new Date(value)).toISOString() : value,
  )

async function store(admin: Sql, project: number, told: Told, name: string): Promise<number> {
  const json = (value: unknown) => admin.json(value as JSONValue)
  const { issue: i, diagnosis: d, fixes, release: r } = told
  const closed = i.state === 'closed' ? i : null
  const [row] = await admin<{ id: number }[]>`
    insert into nightshift.issues (project, fingerprint, title, route, severity, severity_why, users, seen, sha, state, closed_as, closed_at,
      first_seen, last_seen)
    values (${project}, ${name}, ${i.title}, ${i.route}, ${i.severity}, ${i.severityWhy}, ${i.users}, ${i.seen}, ${i.sha}, ${i.state},
      ${closed?.closedAs ?? null}, ${closed ? moved(closed.closedAt) : null}, ${moved(i.firstSeen)}, ${moved(i.lastSeen)}) returning id`
  const id = row?.id ?? 0
  if (d)
    await admin`insert into nightshift.diagnoses (issue, cause, remedy, confidence, why, facts)
      values (${id}, ${d.cause}, ${d.remedy}, ${d.confidence}, ${d.why}, ${json(d.facts)})`
  for (const fix of fixes) {
    const own = fixId(id, fix.attempt)
    await admin`insert into nightshift.fixes (id, project, issue, attempt, base, withdrawn, withdrawn_why)
      values (${own}, ${project}, ${id}, ${fix.attempt}, ${fix.base}, ${fix.withdrawn}, ${fix.withdrawnWhy})`
    if (fix.state === 'refused')
      await admin`update nightshift.fixes set state = 'refused', why = ${fix.why}, proof = ${fix.proof && json(fix.proof)} where id = ${own}`
    if (fix.state === 'proven')
      await admin`update nightshift.fixes set state = 'proven', tree = ${fix.tree}, patch = ${`p${id}`}, files = '[]', fixture = ${json(fix.fixture)},
        probes = ${json(fix.probes)}, diff = ${json(fix.diff)}, summary = ${fix.summary}, assumes = ${json(fix.assumes)}, risk = ${json(fix.risk)},
        proof = ${json(fix.proof)}, proven_at = now() where id = ${own}`
  }
  if (r)
    await admin`insert into nightshift.releases (project, fix, issue, state, facts) values (${project}, ${fixId(id, 1)}, ${id}, ${r.state}, ${json(movedFacts(r.facts))})`
  for (const { minute, n } of told.minutes)
    await admin`insert into nightshift.counts (project, fingerprint, environment, minute, n)
      values (${project}, ${name}, 'production', date_trunc('minute', ${moved(minute)}::timestamptz), ${n})
      on conflict do nothing`
  return id
}

export const fixId = (issue: number, attempt: number): string => `${issue}`.padStart(11, '0') + attempt
