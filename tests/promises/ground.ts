import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmulatedHost, emulateHost } from '../../emulators/host.ts'
import { registerProject } from '../../lib/actions/registerProject.ts'
import { gitActor } from '../../lib/adapters/code.git.ts'
import type { Actor } from '../../lib/world.ts'
import { FIX, HOURS, provenFix } from '../agents/release.ts'
import { bareRepository, type Repository } from '../contracts/repository.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import type { WorkerEnd, WorkerTask } from './worker.ts'

/** A proven fix about to be released, and everything outside of Nightshift that can bear witness. */
export interface Ground {
  db: FreshDatabase
  host: EmulatedHost
  origin: Repository
  base: string
  task: WorkerTask
  close(): Promise<void>
}

export async function openGround(watch: WorkerTask['watch']): Promise<Ground> {
  const db = await freshDatabase()
  const origin = bareRepository()
  origin.git('config', 'core.logAllRefUpdates', 'always')
  const base = origin.commit('main', { 'src/app.ts': 'broken\n' }, 'First')
  origin.git('update-ref', 'refs/heads/staging', base)
  const host = await emulateHost(base)
  host.answers['/launch'] = 404
  const home = mkdtempSync(join(tmpdir(), 'ns-home-'))
  const policy = { hours: HOURS, soakSeconds: 1, watchSeconds: 1 }
  const settings = { repository: origin.path, app: 'shop' }
  const { id } = await registerProject(db.sql, { slug: 'shop', name: 'Shop', level: 2, policy, settings })
  await provenFix(db.sql, { code: (p) => gitActor(home, p) } as Actor, id, base)
  const latency = [1000, ...Array(10).fill(0)]
  await db.sql`insert into traffic (project, environment, sha, route, minute, requests, failed, latency)
    values (${id}, 'production', ${base}, 'POST /launch', date_trunc('minute', now()), 1000, 100, ${latency as never})`
  await db.sql`insert into counts (project, fingerprint, environment, sha, minute, n)
    values (${id}, 'f1', 'production', ${base}, date_trunc('minute', now()), 100)`
  await db.sql`insert into sources (project, kind, last_seen_at) values (${id}, 'traffic', now())`
  const adminUrl = new URL(db.adminUrl)
  adminUrl.searchParams.set('options', '')
  return {
    db,
    host,
    origin,
    base,
    task: {
      databaseUrl: db.url,
      adminUrl: db.adminUrl,
      home,
      host: { url: host.url, token: host.token },
      point: null,
      mode: 'kill',
      watch,
    },
    async close() {
      await host.close()
      await db.drop()
      origin.remove()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

const WORKER = join(import.meta.dirname, 'worker.ts')

export interface Run {
  child: ChildProcess
  /** Its last line, or null when it was killed or fell over. */
  ended: Promise<WorkerEnd | null>
  /** Resolves when it says that it is being stopped. */
  stopping: Promise<void>
}

/** The driver may throw where nobody can catch it when its connection is cut while it writes: the process ends, as killed. */
const DRIVER = /node_modules\/postgres\/src\/connection\.js/

export function startWorker(task: WorkerTask): Run {
  const child = spawn(process.execPath, [WORKER, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let trouble = ''
  let said: () => void = () => undefined
  const stopping = new Promise<void>((resolve) => (said = resolve))
  child.stdout!.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (out.includes('stopping\n')) said()
  })
  child.stderr!.on('data', (chunk: Buffer) => (trouble += chunk.toString()))
  const ended = new Promise<WorkerEnd | null>((resolve, reject) =>
    child.once('close', (code) => {
      const last = out.trim().split('\n').at(-1) ?? ''
      if (last.startsWith('{')) resolve(JSON.parse(last) as WorkerEnd)
      else if (code === null || DRIVER.test(trouble)) resolve(null)
      else reject(new Error(`the worker ended with ${code}: ${trouble.slice(-2000)}`))
    }),
  )
  return { child, ended, stopping }
}

/** What happened, counted where it happened: in the repository's own log of its refs, and in the host's. */
export function counted({ origin, host, base }: Ground) {
  const moves = (branch: string) =>
    origin.git('log', '--walk-reflogs', '--format=%H', branch, '--').split('\n').filter(Boolean)
  const merges = (branch: string) =>
    origin.git('log', '--first-parent', '--merges', '--format=%H', `${base}..${branch}`).split('\n').filter(Boolean)
      .length
  const reverts = (branch: string) =>
    origin
      .git('log', '--first-parent', '--no-merges', '--grep=^Revert the merge', '--format=%H', `${base}..${branch}`)
      .split('\n')
      .filter(Boolean).length
  const did = (what: string, environment: string) =>
    host.log.filter((one) => one.what === what && one.environment === environment).length
  const tree = (ref: string) => origin.git('rev-parse', `${ref}^{tree}`)
  return {
    branches: origin.git('for-each-ref', '--format=%(refname)', 'refs/heads/agent').split('\n').filter(Boolean).length,
    branchMoves: moves(`agent/fix-${FIX}`).length,
    stagingMerges: merges('staging'),
    mainMerges: merges('main'),
    stagingReverts: reverts('staging'),
    mainReverts: reverts('main'),
    stagingBuilds: did('created', 'staging'),
    productionBuilds: did('created', 'production'),
    stagingPromotions: did('promoted', 'staging'),
    productionPromotions: did('promoted', 'production'),
    stagingRollbacks: did('rolled-back', 'staging'),
    productionRollbacks: did('rolled-back', 'production'),
    mainIsBase: tree('main') === tree(base),
    stagingIsBase: tree('staging') === tree(base),
    mainIsServed: host.serving.production?.sha === origin.git('rev-parse', 'main'),
    servesFirst: host.serving.production?.sha === base,
  }
}

const ONE = { branches: 1, branchMoves: 1, stagingMerges: 1, mainMerges: 1, stagingBuilds: 1, productionBuilds: 1 }
const SHIPPED = { ...ONE, stagingPromotions: 1, productionPromotions: 1 }

/** One of everything, and the right end. */
export const RIGHT: Record<WorkerTask['watch'], ReturnType<typeof counted>> = {
  well: {
    ...SHIPPED,
    stagingReverts: 0,
    mainReverts: 0,
    stagingRollbacks: 0,
    productionRollbacks: 0,
    mainIsBase: false,
    stagingIsBase: false,
    mainIsServed: true,
    servesFirst: false,
  },
  badly: {
    ...SHIPPED,
    stagingReverts: 1,
    mainReverts: 1,
    stagingRollbacks: 1,
    productionRollbacks: 1,
    mainIsBase: true,
    stagingIsBase: true,
    mainIsServed: false,
    servesFirst: true,
  },
}
