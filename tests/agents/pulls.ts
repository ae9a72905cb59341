import type { Sql } from 'postgres'
import type { EmulatedGithub } from '../../emulators/github/server.ts'
import type { Effect, MergeSettings, Repo } from '../../emulators/github/types.ts'
import { githubActor } from '../../lib/adapters/code.github.ts'
import { githubReview } from '../../lib/adapters/review.github.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import type { Project } from '../../lib/domain/project.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { saveTraffic } from '../../lib/store/traffic.ts'
import type { Review } from '../../lib/world/review.ts'
import { NAME, pkcs8 } from '../contracts/hub.ts'
import type { Repository } from '../contracts/repository.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { githubAsDescribed } from '../schemas/github.ts'
import { FIX, type Shipping, shipping } from './release.ts'

export const PAGES = 'https://nightshift.example'

/** A release that goes by pull requests, on GitHub as it is emulated over real git. */
export interface Pulling extends Shipping {
  db: FreshDatabase
  github: EmulatedGithub
  repo: Repo
  count(what: Effect['what']): number
  git(...args: string[]): string
  fix: string
  /** The fix's own branch. */
  branch: string
  /** A person reviews the pull request there is into a branch. */
  say(user: string, into: string, state: 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED', sha?: string): Promise<void>
  pull(into: string): Repo['threads'][number]
  /** Somebody with a role, and a name on GitHub. */
  person(role: 'owner' | 'operator' | 'viewer', login: string): Promise<number>
  /** Steps of the release alone, so many. */
  steps(n: number): Promise<void>
  sentence(): Promise<string>
  /** Steps until the sentence is like this. */
  waitsFor(words: RegExp): Promise<void>
  /** From now on the releaser's clock is this far ahead. */
  later(ms: number): void
  /** Tells what is to be told on GitHub, until nothing is left or what is left waits for its deadline. */
  told(): Promise<void>
  /** What users meet once it is out. */
  see(requests: number, failed: number): Promise<void>
  /** Another process from now on, which remembers nothing of what the last one read or wrote. */
  renew(): void
  end(): Promise<void>
}

interface Setting {
  level?: 1 | 2
  merging?: Partial<MergeSettings>
  /** A port of the test's own around the real one. */
  around?: (review: Review) => Review
}

export async function pulling({ level = 2, merging = {}, around = (one) => one }: Setting = {}): Promise<Pulling> {
  const db = await freshDatabase()
  const github = await githubAsDescribed()
  let repo = null as Repo | null
  let ports = null as { code: ReturnType<typeof githubActor>; review: ReturnType<typeof githubReview> } | null
  let renew = () => {}
  const elsewhere = async (origin: Repository) => {
    repo = github.service.host(NAME, origin.path)
    Object.assign(repo.merging, merging)
    const { appId, privateKey } = github.service.tokens
    github.service.tokens.install('acme', [NAME])
    const login = { kind: 'app' as const, appId, privateKey: pkcs8(privateKey) }
    const options = { apiUrl: github.url, login, paced: false, pages: PAGES }
    renew = () => {
      ports = { code: githubActor(options), review: githubReview(options) }
    }
    renew()
    return {
      repository: NAME,
      code: (project: Project) => ports!.code(project),
      review: (project: Project) => around(ports!.review(project)),
    }
  }
  const s = await shipping(db, {}, level, { elsewhere, forgiving: true })
  s.host.answers['/launch'] = 404
  await history(db.sql, s)
  const git = (...args: string[]) => s.origin.git(...args)
  const sentence = async () => {
    const { refused, waiting } = (await releaseOfFix(db.sql, FIX))?.facts ?? {}
    return refused ? `${refused.reason} ${refused.why.join(' ')}` : (waiting ?? '')
  }
  const pull = (into: string) => repo!.threads.findLast((thread) => thread.pull?.base === into)!
  return {
    ...{ ...s, db, github, repo: repo!, git, pull, fix: FIX, branch: branchOf(FIX), renew },
    count: (what) => github.service.count(what),
    say: (user, into, state, sha) =>
      github.service.review(repo!, pull(into).number, { user, association: 'MEMBER', state, ...(sha && { sha }) }),
    async person(role, login) {
      const [row] = await db.admin<{ id: number }[]>`
        insert into nightshift.people (name, role, password_hash, github_login)
        values (${`The ${role}`}, ${role}, 'x', ${login}) returning id`
      await db.admin`insert into nightshift.members (project, person) values (${s.project}, ${row!.id})`
      return row!.id
    },
    async steps(n) {
      for (let i = 0; i < n; i++) await s.step()
    },
    async told() {
      const subject = `pulls:${s.project}`
      for (let i = 0; i < 12; i++) {
        const [work] = await db.sql`select 1 from work where subject = ${subject}`
        // What nobody knows the end of waits for its deadline.
        const next = work && (await s.stepOf(subject))
        if (!next || next === 'done' || next.inMs > 0) return
      }
    },
    sentence,
    async waitsFor(words) {
      for (let i = 0; i < 30 && !words.test(await sentence()); i++) await s.step()
      if (!words.test(await sentence())) throw new Error(`It says: ${await sentence()}`)
    },
    later(ms) {
      const { clock } = s.actor
      s.actor.clock = { now: () => new Date(clock.now().getTime() + ms) }
    },
    async see(requests, failed) {
      const { facts } = (await releaseOfFix(db.sql, FIX))!
      await saveTraffic(db.sql, s.project, [row(facts.mainSha!, requests, failed)])
    },
    async end() {
      s.close()
      await github.close()
      await db.drop()
    },
  }
}

const minute = () => new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
const row = (sha: string, requests: number, failed: number) => ({
  ...{ environment: 'production' as const, sha, route: 'POST /launch', minute: minute(), requests, failed },
  latency: [requests, ...Array(10).fill(0)],
})

/** A route that failed one time in ten. */
async function history(sql: Sql, { project, base }: Shipping): Promise<void> {
  await saveTraffic(sql, project, [row(base, 1000, 100)])
  await sql`insert into counts (project, fingerprint, environment, sha, minute, n)
    values (${project}, 'f1', 'production', ${base}, ${minute()}, 100)`
}
