import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { probeWith } from '../../lib/adapters/probe.http.ts'
import type { Deployment } from '../../lib/domain/deployment.ts'
import type { Release, ReleaseState } from '../../lib/domain/release.ts'
import { releaseOfFix } from '../../lib/store/releases.ts'
import { over } from '../contracts/deploy.contract.ts'
import { openVercelBench, type VercelBench } from '../contracts/vercelBench.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { FIX, type Shipping, shipping } from './release.ts'

/** The releaser on Vercel: real git, the real gate, real builds behind the emulated account. */

const APP = {
  'nightshift.json': JSON.stringify({ install: null, start: 'node server.mjs', test: { run: 'true', report: 'tap' } }),
  'server.mjs': `import { createServer } from 'node:http'
const known = { '/healthz': 200, '/smoke': 200 }
createServer((request, response) => response.writeHead(known[request.url] ?? 404).end())
  .listen(Number(process.env.PORT), '127.0.0.1')`,
}

let w: VercelBench
let db: FreshDatabase
let s: Shipping
let first: { production: Deployment; staging: Deployment }
let sick = false

beforeEach(async () => {
  ;[db, w] = await Promise.all([freshDatabase(), openVercelBench()])
  s = await shipping(db, {}, 2, { files: APP })
  const targets = { production: { port: 0 }, staging: { port: 0 } }
  await w.bench.call('PUT', '/apps/shop', { repository: s.origin.path, targets })
  const made = async (environment: 'production' | 'staging') => {
    const { id } = await w.actor.create(s.base, environment, `${s.base}:${environment}`)
    const built = await over(w.actor, id)
    await w.actor.promote(environment, id, await w.actor.serving(environment))
    return built
  }
  first = { production: await made('production'), staging: await made('staging') }
  w.vercel.effects.length = 0
  w.vercel.faults = []
  sick = false
  const probe = probeWith(w.hosts.headersFor)
  const production = `http://${w.vercel.domains.production}`
  s.actor.deploy = () => w.actor
  s.actor.probe = async (origin, request) =>
    sick && origin === production ? { status: 503, ms: 1 } : probe(origin, request)
})
afterEach(async () => {
  s?.close()
  await w?.close()
  await db?.drop()
})

async function until(...states: ReleaseState[]): Promise<Release> {
  for (let tries = 0; tries < 400; tries++) {
    const release = await releaseOfFix(db.sql, FIX)
    if (release && states.includes(release.state)) return release
    if (release?.state === 'held') throw new Error(release.facts.waiting)
    await s.step()
    await delay(15)
  }
  throw new Error(`It stayed: ${JSON.stringify(await releaseOfFix(db.sql, FIX))}`)
}
const done = () => w.vercel.effects.map(({ what, deployment }) => `${what} ${deployment}`)

test('a fix goes to staging, is soaked, built without traffic, promoted, and taken back when it is bad', async () => {
  const { facts } = await until('watching')
  const { stagingDeployment: staged, productionDeployment: ours, previous } = facts
  expect(previous?.deployment).toBe(first.production.id)
  expect(facts.productionSmoke).toEqual({ passed: 1, failed: 0 })
  expect(facts.soak?.probes).toMatchObject({ failed: 0 })
  expect(await w.actor.serving('production')).toMatchObject({ deployment: ours, sha: facts.mainSha })
  expect(done()).toEqual([`created ${staged}`, `aliased ${staged}`, `created ${ours}`, `promoted ${ours}`])
  sick = true
  w.vercel.store.change((state) => {
    state.env.push({ id: 'env_1', key: 'API_KEY', target: ['production'], type: 'encrypted', updatedAt: Date.now() })
  })
  const { back } = (await until('rolled-back')).facts
  expect(back?.kind).toBe('unhealthy')
  expect(back?.undone?.production).toMatch(/ It runs without what was set since: API_KEY\.$/)
  expect(await w.actor.serving('production')).toMatchObject({
    deployment: previous?.deployment,
    sha: s.base,
    pinned: true,
  })
  expect((await w.actor.serving('staging'))?.deployment).toBe(first.staging.id)
  expect(done().slice(4)).toEqual([`rolled-back ${first.production.id}`, `aliased ${first.staging.id}`])
})

test('the same, with every answer that follows a change lost, is the same at the host', async () => {
  w.vercel.faults = ['deployments$', 'aliases$', 'promote/', 'rollback/'].map((path) => ({
    ...{ on: new RegExp(`^POST .*${path}`), times: 2, what: { kind: 'lost' as const } },
  }))
  const { facts } = await until('watching')
  const { stagingDeployment: staged, productionDeployment: ours } = facts
  sick = true
  await until('rolled-back')
  const forward = [`created ${staged}`, `aliased ${staged}`, `created ${ours}`, `promoted ${ours}`]
  expect(done()).toEqual([...forward, `rolled-back ${first.production.id}`, `aliased ${first.staging.id}`])
  expect(w.vercel.faults.map(({ times }) => times)).toEqual([0, 0, 1, 1])
})
