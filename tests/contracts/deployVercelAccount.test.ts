import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type VercelOptions, vercelDeploys } from '../../lib/adapters/deploy.vercel.ts'
import { probeWith } from '../../lib/adapters/probe.http.ts'
import { knownHosts } from '../../lib/adapters/vercel/hosts.ts'
import type { Deployment } from '../../lib/domain/deployment.ts'
import type { DeployActor } from '../../lib/world.ts'
import { answeringCommit, shop } from './deployBench.ts'
import { openVercelBench, PATIENCE, type VercelBench } from './vercelBench.ts'

let w: VercelBench
let a: Deployment
let b: Deployment
beforeAll(async () => {
  w = await openVercelBench()
  a = await w.built()
  b = await w.built()
  await w.actor.promote('production', a.id, null)
})
afterAll(() => w?.close())

const at = async () => (await w.actor.serving('production'))!
const set = (how: (state: VercelBench['vercel']['store']['state']) => void) => w.vercel.store.change(how)
const made = () => w.vercel.effects.filter(({ what }) => what === 'created').length

/** An adapter for the same account, otherwise told. */
const told = (how: Partial<VercelOptions['access']>, settings = w.project.settings.vercel!): DeployActor => {
  const access = { url: w.vercel.url, token: w.vercel.token, teamId: w.vercel.settings.teamId, ...how }
  const options = { access, hosts: knownHosts(null), counted: async () => [], patience: PATIENCE }
  return vercelDeploys(options)(shop(settings))
}

describe('a project that gives traffic to new builds by itself', () => {
  test('is refused a production build, and staging is not', async () => {
    set((state) => {
      state.autoAssign = true
    })
    const before = made()
    const sha = w.bench.commitNew()
    await expect(w.actor.create(sha, 'production', 'goes-live')).rejects.toMatchObject({ code: 'DEPLOY_GOES_LIVE' })
    expect(made()).toBe(before)
    expect(await w.actor.find('goes-live')).toBeNull()
    await w.actor.create(sha, 'staging', 'does-not')
    expect(made()).toBe(before + 1)
  })

  test('keeps builds from going live while it is rolled back, which is shown, until somebody promotes', async () => {
    expect(await at()).not.toHaveProperty('pinned')
    await w.actor.promote('production', b.id, await at())
    expect(await at()).not.toHaveProperty('pinned')
    await w.actor.rollback('production', a.id, await at())
    expect(await at()).toMatchObject({ deployment: a.id, pinned: true })
    const staged = await w.built()
    expect(await at()).toMatchObject({ deployment: a.id, pinned: true })
    expect(w.vercel.effects.filter(({ what }) => what === 'auto-assigned')).toEqual([])
    expect(await w.actor.promote('production', staged.id, await at())).toBe('promoted')
    expect(await at()).not.toHaveProperty('pinned')
    const sha = w.bench.commitNew()
    await expect(w.actor.create(sha, 'production', 'live-again')).rejects.toMatchObject({ code: 'DEPLOY_GOES_LIVE' })
    set((state) => {
      state.autoAssign = false
    })
  })

  test('a host that refuses to roll back to what serves leaves it serving', async () => {
    w.vercel.settings.rollbackToCurrent = 'conflict'
    const now = await at()
    expect(await w.actor.rollback('production', now.deployment, now)).toBe('rolled-back')
    expect((await at()).deployment).toBe(now.deployment)
    w.vercel.settings.rollbackToCurrent = 'taken'
  })
})

describe('whose it is', () => {
  test.each([
    ['a wrong token', { token: 'wrong-token-of-nobody' }],
    ['another team', { teamId: 'team_other' }],
  ])('%s is denied, and named in no word of it', async (_, how) => {
    const failed = await told(how)
      .serving('production')
      .catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'DEPLOY_DENIED' })
    expect(`${failed} ${JSON.stringify(failed)} ${(failed as Error).stack}`).not.toContain('wrong-token')
  })

  test('a deployment of another project is unknown, and a domain of another project is refused', async () => {
    const settings = { ...w.project.settings.vercel!, project: 'prj_other' }
    expect(await told({}, settings).deployment(a.id)).toBeNull()
    expect(await w.actor.deployment(a.id)).toMatchObject({ id: a.id })
    await w.actor.promote('staging', (await w.built('staging')).id, null)
    await expect(told({}, settings).serving('staging')).rejects.toThrow(/leads to another project/)
    expect(await w.actor.serving('staging')).not.toBeNull()
  })
})

describe('protection', () => {
  let stranger: Server
  let heard: IncomingHttpHeaders[]
  beforeAll(async () => {
    heard = []
    stranger = createServer((request, response) => {
      heard.push(request.headers)
      response.end()
    })
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => stranger.close())
  const get = { method: 'GET' as const, path: '/who', headers: {}, body: null }

  test('a probe passes it where the host named the address, and shows the secret to nobody else', async () => {
    const probe = probeWith(w.hosts.headersFor)
    const { url } = await w.built()
    expect(await answeringCommit(url!)).toBeNull()
    expect((await probe(url!, get)).status).toBe(200)
    expect((await probe((await w.actor.serving('staging'))!.url, get)).status).toBe(200)
    await probe(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}`, get)
    expect(heard).toHaveLength(1)
    expect(JSON.stringify(heard)).not.toContain(w.vercel.settings.bypassSecret)
  })

  test('without a secret, or in a process the host named nothing to, a probe is turned away', async () => {
    const { url } = (await w.actor.deployment(b.id))!
    const fresh = knownHosts(w.vercel.settings.bypassSecret)
    expect((await probeWith(fresh.headersFor)(url!, get)).status).toBe(401)
    const none = knownHosts(null)
    none.name(url!)
    expect((await probeWith(none.headersFor)(url!, get)).status).toBe(401)
  })

  test('hosts named last are remembered', () => {
    const hosts = knownHosts('secret')
    for (let i = 0; i < 1500; i++) hosts.name(`https://shop-${i}.example.com`)
    expect(hosts.headersFor('https://shop-1499.example.com')).toEqual({ 'x-vercel-protection-bypass': 'secret' })
    expect(hosts.headersFor('https://shop-0.example.com')).toEqual({})
    expect(hosts.headersFor('http://shop-1499.example.com')).toEqual({})
  })
})
