import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { ship } from '../../agents/releaser/releaser.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { gitActor } from '../../lib/adapters/code.git.ts'
import { inboxNotify } from '../../lib/adapters/notify.inbox.ts'
import { treeWith } from '../../lib/domain/gitTree.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Release } from '../../lib/domain/release.ts'
import type { Next } from '../../lib/domain/work.ts'
import { putBlob } from '../../lib/store/blobs.ts'
import { project as projectById } from '../../lib/store/projects.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { claimWork, finishWork } from '../../lib/store/work.ts'
import type { Actor, Channel } from '../../lib/world.ts'
import { bareRepository, type Repository } from '../contracts/repository.ts'
import type { FreshDatabase } from '../harness.ts'
import { type Host, memoryHost } from './host.ts'

export const FIX = '0123456789ab'
export const HOURS = { zone: 'Europe/London', from: 0, to: 24, days: [1, 2, 3, 4, 5, 6, 7] }

const OFF = { on: false }

/** A proven fix about to be released: real git, real gate, a host in memory, and a clock that tests move. */
export interface Shipping {
  host: Host
  origin: Repository
  base: string
  project: number
  actor: Actor
  /** Runs the releaser until the release is in one of these states, moving the clock between steps. */
  until(...states: string[]): Promise<Release>
  /** The same of another fix than the first. */
  untilOf(fix: string, ...states: string[]): Promise<Release>
  /** Back to the machine's clock, before another release. */
  onTime(): void
  /** One step of whatever the releaser has to do. */
  step(): Promise<void>
  /** One step of this alone; everything else waits. */
  stepOf(subject: string): Promise<Next>
  close(): void
}

interface Surroundings {
  /** Besides `src/app.ts`, in the first commit. */
  files?: Record<string, string>
  channels?: Channel[]
  /** What it is called; `shop` otherwise. */
  slug?: string
  /** How its people are told. */
  notify?: object
  /** A step that throws is what a killed worker leaves behind: its lease and its deadlines pass, and the next one goes on. */
  forgiving?: boolean
  /** Where the code is, when it is not read from disk: what the project calls it, and its port. */
  elsewhere?: (origin: Repository) => Promise<{ repository: string; code: Actor['code']; review?: Actor['review'] }>
}

export async function shipping(
  { sql, admin }: Pick<FreshDatabase, 'sql' | 'admin'>,
  policy: object = {},
  level: 1 | 2 = 2,
  { files = {}, channels = [], notify = {}, slug = 'shop', elsewhere, forgiving = false }: Surroundings = {},
): Promise<Shipping> {
  const origin = bareRepository()
  const home = mkdtempSync(join(tmpdir(), 'ns-home-'))
  const base = origin.commit('main', { 'src/app.ts': 'broken\n', ...files }, 'First')
  origin.git('update-ref', 'refs/heads/staging', base)
  const host = memoryHost(base)
  const here = { repository: origin.path, code: (p: Project) => gitActor(home, p), review: () => null }
  const place = { ...here, ...(await elsewhere?.(origin)) }
  const { id: project } = await registerProject(sql, {
    slug,
    name: 'Shop',
    level,
    policy: { hours: HOURS, soakSeconds: 4, watchSeconds: 6, ...policy },
    // No hand-over begins in the middle of a test, whatever the time of day.
    settings: { repository: place.repository, app: 'shop', notify: { handOver: OFF, weekly: OFF, ...notify } },
  })
  let ahead = 0
  const actor: Actor = {
    sql,
    clock: { now: () => new Date(Date.now() + ahead) },
    ring: () => undefined,
    code: place.code,
    deploy: () => host.deploy,
    probe: host.probe,
    notify: inboxNotify(sql),
    tracker: () => null,
    channels,
    review: place.review,
    halted: false,
  }
  await provenFix(sql, actor, project, base)
  async function take(subject: string | null): Promise<Next | null> {
    // What is to be told waits until it is asked for: these steps are the releases'.
    await sql`
      update work set due_at = now() + case when ${subject === null} and subject !~ '^(notices|pulls):' or subject = ${subject}
        then interval '0' else interval '1 h' end
      where agent = 'releaser'`
    await sql`insert into sources (project, kind, last_seen_at) values (${project}, 'traffic', ${actor.clock.now()})
              on conflict (project, kind) do update set last_seen_at = excluded.last_seen_at`
    const lease = await claimWork(sql, 'releaser', 60)
    if (!lease) return null
    if (subject !== null && lease.subject !== subject) throw new Error(`${subject} is not the releaser's`)
    const next = await ship(actor, lease).catch((error: unknown) => {
      if (forgiving) return null
      throw error
    })
    if (next === null) {
      await admin`update nightshift.effects set deadline = deadline - interval '60 s' where state = 'sending'`
      await admin`update nightshift.work set lease_until = null where subject = ${lease.subject}`
      return { agent: 'releaser', inMs: 60_000 }
    }
    await finishWork(sql, lease, next)
    // What waits for a person or for the hours is not waited for: the database's clock does not move with ours.
    const passed = next === 'done' || next.inMs > 60_000 ? 0 : Math.min(next.inMs, 5000)
    ahead += passed
    // Time passes for calls too whose end nobody has seen.
    await admin`update nightshift.effects set deadline = deadline - make_interval(secs => ${passed / 1000}) where state = 'sending'`
    return next
  }
  return {
    host,
    origin,
    base,
    project,
    actor,
    close() {
      origin.remove()
      rmSync(home, { recursive: true, force: true })
    },
    step: async () => {
      await take(null)
    },
    async stepOf(subject) {
      const next = await take(subject)
      if (!next) throw new Error(`${subject} is not the releaser's`)
      return next
    },
    until: (...states) => untilOf(FIX, ...states),
    untilOf,
    onTime() {
      ahead = 0
    },
  }

  async function untilOf(fix: string, ...states: string[]): Promise<Release> {
    for (let tries = 0; tries < 150; tries++) {
      const release = await releaseOfFix(sql, fix)
      if (release && states.includes(release.state)) return release
      if (!(await take(null))) break
    }
    throw new Error(`It stayed: ${JSON.stringify(await releaseOfFix(sql, fix))}`)
  }
}

/** A proven fix of a P2 that three users met, waiting for the releaser; returns its issue. */
export async function provenFix(
  sql: Sql,
  actor: Actor,
  project: number,
  base: string,
  { id = FIX, path = 'src/app.ts', fingerprint = 'f1', patch = 'p' } = {},
): Promise<number> {
  const [issue] = await sql<{ id: number }[]>`
    insert into issues (project, fingerprint, title, route, severity, severity_why, users, first_seen, last_seen)
    values (${project}, ${fingerprint}, 'TypeError', 'POST /launch', 'P2', 'w', 3, now(), now()) returning id`
  const files = [
    { path, bytes: Buffer.from('guarded\n') },
    { path: `tests/nightshift/${id}.json`, bytes: Buffer.from('{}\n') },
  ]
  const listing = await actor.code((await projectById(sql, project))!).files(base)
  const kept = []
  for (const file of files) kept.push({ path: file.path, blob: await putBlob(sql, file.bytes) })
  const request = { method: 'POST', path: '/launch', headers: {}, body: '{}' }
  const json = (value: unknown) => sql.json(value as never)
  await sql`
    insert into fixes (id, project, issue, attempt, base, state, tree, patch, files, fixture, probes, diff, summary, assumes, risk, proof, proven_at)
    values (${id}, ${project}, ${issue!.id}, 1, ${base}, 'proven', ${treeWith(listing, files)}, ${patch}, ${json(kept)},
      ${json({ id, route: 'POST /launch', request, expect: { status: 404 } })},
      ${json({ health: '/healthz', smoke: [{ request: { ...request, method: 'GET', path: '/smoke', body: null }, expect: 200 }] })},
      '[]', 's', '[]', ${json({ low: true, reasons: [], files: 1, lines: 2 })},
      ${json({ ...{ tier: 'replayed', gate: 'pass', kept: [], runs: [], ms: 1000 }, suite: { broken: [], stable: 3, lost: [] } })}, now())`
  await sql`insert into work (subject, project, agent) values (${`issue:${issue!.id}`}, ${project}, 'releaser')`
  return issue!.id
}
