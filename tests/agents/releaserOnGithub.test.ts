import { afterEach, expect, test } from 'vitest'
import type { EmulatedGithub } from '../../emulators/github/server.ts'
import type { Trouble } from '../../emulators/trouble.ts'
import { githubActor } from '../../lib/adapters/code.github.ts'
import { branchOf } from '../../lib/domain/fix.ts'
import type { Project } from '../../lib/domain/project.ts'
import { saveTraffic } from '../../lib/store/traffic.ts'
import { NAME, pkcs8 } from '../contracts/hub.ts'
import type { Repository } from '../contracts/repository.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'
import { githubAsDescribed } from '../schemas/github.ts'
import { FIX, type Shipping, shipping } from './release.ts'

let db: FreshDatabase
let github: EmulatedGithub
let s: Shipping

/** The releaser as it is, with GitHub for a code host. Every call makes an actor of its own, as functions do. */
async function start(): Promise<void> {
  db = await freshDatabase()
  github = await githubAsDescribed()
  const elsewhere = async (origin: Repository) => {
    github.service.host(NAME, origin.path)
    const { appId, privateKey } = github.service.tokens
    github.service.tokens.install('acme', [NAME])
    const options = {
      apiUrl: github.url,
      login: { kind: 'app' as const, appId, privateKey: pkcs8(privateKey) },
      paced: false,
    }
    return { repository: NAME, code: (project: Project) => githubActor(options)(project) }
  }
  s = await shipping(db, {}, 2, { elsewhere })
  s.host.answers['/launch'] = 404
}
afterEach(async () => {
  s.close()
  await github.close()
  await db.drop()
})

const count = (what: 'ref-created' | 'ref-moved') => github.service.count(what)
const git = (...args: string[]) => s.origin.git(...args)

async function watching() {
  const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString()
  const row = (sha: string, requests: number, failed: number) => ({
    ...{ environment: 'production' as const, sha, route: 'POST /launch', minute, requests, failed },
    latency: [requests, ...Array(10).fill(0)],
  })
  await saveTraffic(db.sql, s.project, [row(s.base, 1000, 100)])
  await db.sql`insert into counts (project, fingerprint, environment, sha, minute, n) values (${s.project}, 'f1', 'production', ${s.base}, ${minute}, 100)`
  const { facts } = await s.until('watching')
  return {
    facts,
    see: (requests: number, failed: number) => saveTraffic(db.sql, s.project, [row(facts.mainSha!, requests, failed)]),
  }
}

test('a fix goes all the way: one branch, one merge each into staging and production, and the proven tree', async () => {
  await start()
  const { see } = await watching()
  await see(400, 0)
  expect((await s.until('cured', 'held', 'unexposed', 'rolled-back')).state).toBe('cured')
  expect([count('ref-created'), count('ref-moved')]).toEqual([1, 2])
  const [fix] = await db.sql<{ tree: string }[]>`select tree from fixes where id = ${FIX}`
  for (const branch of [branchOf(FIX), 'staging', 'main']) expect(git('rev-parse', `${branch}^{tree}`)).toBe(fix!.tree)
  expect(git('log', '-1', '--format=%P', 'main')).toBe(`${s.base} ${git('rev-parse', 'staging')}`)
  expect(git('log', '-1', '--format=%B', 'main')).toMatch(/^Nightshift-Audit: \d+ [0-9a-f]{64}$/m)
})

test.each<[string, Trouble]>([
  ['lost', { kind: 'lost' }],
  ['a 502', { kind: 'after', status: 502 }],
])('where each first answer to a change is %s, nothing is done twice', async (_, what) => {
  await start()
  for (const on of [/POST .*trees/, /POST .*commits/, /POST .*refs$/]) github.faults.push({ on, what, times: 1 })
  github.faults.push({ on: /updateRefs/, what, times: 1 }, { on: /access_tokens/, what, times: 1 })
  const { see } = await watching()
  await see(400, 0)
  expect((await s.until('cured', 'held', 'unexposed', 'rolled-back')).state).toBe('cured')
  expect(github.faults.map(({ times }) => times)).toEqual([0, 0, 0, 0, 0])
  expect([count('ref-created'), count('ref-moved')]).toEqual([1, 2])
})

test('a fix that fares badly is taken out of both branches again', async () => {
  await start()
  const { see } = await watching()
  await see(400, 300)
  expect((await s.until('cured', 'held', 'unexposed', 'rolled-back')).state).toBe('rolled-back')
  for (const branch of ['staging', 'main'])
    expect(git('rev-parse', `${branch}^{tree}`)).toBe(git('rev-parse', `${s.base}^{tree}`))
  expect([count('ref-created'), count('ref-moved')]).toEqual([1, 4])
})
