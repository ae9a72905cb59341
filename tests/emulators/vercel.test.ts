import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sign } from '../../emulators/vercel/tell.ts'
import { openVercelBench, type VercelBench } from '../contracts/vercelBench.ts'

let w: VercelBench
beforeAll(async () => {
  w = await openVercelBench()
})
afterAll(() => w?.close())
beforeEach(() => {
  w.vercel.faults = []
})

const ask = async (method: string, path: string, body?: unknown, query = `teamId=${w.vercel.settings.teamId}`) => {
  const address = `${w.vercel.url}${path}${path.includes('?') ? '&' : '?'}${query}`
  const headers = { authorization: `Bearer ${w.vercel.token}` }
  const response = await fetch(address, { method, headers, body: body === undefined ? null : JSON.stringify(body) })
  const text = await response.text()
  // biome-ignore lint/suspicious/noExplicitAny: a vendor's answer, looked at field by field
  return { status: response.status, headers: response.headers, json: (text === '' ? null : JSON.parse(text)) as any }
}
const project = (rest = '', version = 9) => `/v${version}/projects/${w.vercel.settings.projectId}${rest}`
const create = (more: object = {}, sha = w.bench.commitNew()) =>
  ask('POST', '/v13/deployments', {
    ...{ name: 'shop', project: 'prj_emulated', target: 'production' },
    gitSource: { type: 'github', repoId: 1, ref: 'main', sha },
    ...more,
  })
const ready = async (id: string) => {
  for (;;) {
    const { json } = await ask('GET', `/v13/deployments/${id}`)
    if (!['QUEUED', 'BUILDING'].includes(json.readyState)) return json
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}
const quiet = async () => {
  for (;;) {
    const { json } = await ask('GET', project('?rollbackInfo=true'))
    if (!['pending', 'in-progress'].includes(json.lastAliasRequest?.jobStatus)) return json
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describe('who may ask', () => {
  test('without its team, or with another, a call finds nothing', async () => {
    expect((await ask('GET', project(), undefined, '')).status).toBe(404)
    expect((await ask('GET', project(), undefined, 'teamId=team_x')).status).toBe(404)
    expect((await ask('GET', project())).status).toBe(200)
    expect((await ask('GET', '/v9/projects/prj_other')).status).toBe(404)
    expect((await fetch(`${w.vercel.url}/v7/deployments`)).status).toBe(403)
  })

  test('a limit says in its headers when it ends', async () => {
    w.vercel.faults = [{ on: /^GET/, times: 1, what: { kind: 'limit', seconds: 60 } }]
    const { status, headers, json } = await ask('GET', project())
    expect(status).toBe(429)
    expect(headers.get('x-ratelimit-remaining')).toBe('0')
    expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 + 50)
    expect(json.error.code).toBe('rate_limited')
    expect((await ask('GET', project())).status).toBe(200)
  })
})

describe('deployments', () => {
  test('asking twice makes two: there is no idempotency key', async () => {
    const sha = w.bench.commitNew()
    const [first, second] = [await create({ meta: { a: 'b' } }, sha), await create({ meta: { a: 'b' } }, sha)]
    expect(first.json.id).not.toBe(second.json.id)
    expect((await create({ gitSource: { type: 'github', repoId: 2, ref: 'main', sha } })).status).toBe(400)
    expect((await create({ customEnvironmentSlugOrId: 'qa' })).status).toBe(400)
    for (const { json } of [first, second]) expect((await ready(json.id)).readySubstate).toBe('STAGED')
  })

  test('lists are filtered, and a page ends where the next begins', async () => {
    const sha = w.bench.commitNew()
    const made = await create(
      { target: undefined, customEnvironmentSlugOrId: 'staging', meta: { nightshiftKey: 'k1' } },
      sha,
    )
    const { id } = await ready(made.json.id)
    const ids = async (query: string) =>
      // biome-ignore lint/suspicious/noExplicitAny: as above
      (await ask('GET', `/v7/deployments?${query}`)).json.deployments.map((one: any) => one.uid)
    expect(await ids(`sha=${sha}`)).toEqual([id])
    expect(await ids('meta-nightshiftKey=k1')).toEqual([id])
    expect(await ids('meta-nightshiftKey=k2')).toEqual([])
    expect(await ids('target=production')).not.toContain(id)
    expect(await ids('state=ERROR')).toEqual([])
    expect(await ids('rollbackCandidate=true')).toEqual([])
    expect(await ids('projectId=prj_other')).toEqual([])
    const all = await ids('limit=100')
    const first = await ask('GET', '/v7/deployments?limit=2')
    const rest = await ids(`limit=100&until=${first.json.pagination.next}`)
    expect([...(await ids('limit=2')), ...rest]).toEqual(all)
    expect((await ask('GET', '/v7/deployments?limit=100')).json.pagination.next).toBeNull()
  })

  test('an item of a list is a uid, a deployment on its own an id, and a failed one has its words', async () => {
    const { id } = await ready((await create({}, w.bench.commitNew('it broke'))).json.id)
    const item = (await ask('GET', '/v7/deployments?state=ERROR')).json.deployments[0]
    expect(item).toMatchObject({ uid: id, readyState: 'ERROR', errorCode: 'BUILD_FAILED' })
    expect(item).not.toHaveProperty('id')
    const { json } = await ask('GET', `/v3/deployments/${id}/events?builds=1&direction=forward`)
    expect(json.map((one: { payload: { text: string } }) => one.payload.text).join('\n')).toContain('it broke')
  })

  test('one that builds is canceled, and stays that', async () => {
    const { id } = (await create()).json
    expect((await ask('PATCH', `/v12/deployments/${id}/cancel`)).json.id).toBe(id)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect((await ready(id)).readyState).toBe('CANCELED')
    expect((await ask('PATCH', `/v12/deployments/${id}/cancel`)).status).toBe(400)
    expect((await ask('POST', project(`/promote/${id}`, 10))).status).toBe(400)
  })
})

describe('moving production', () => {
  test('takes a while, one at a time, without asking what serves', async () => {
    const [a, b] = [(await create()).json.id, (await create()).json.id]
    await ready(a)
    await ready(b)
    expect((await ask('POST', project(`/rollback/${a}`, 1))).status).toBe(422)
    w.vercel.settings.settleMs = 200
    expect((await ask('POST', project(`/promote/${a}`, 10))).status).toBe(201)
    expect((await ask('GET', project('?rollbackInfo=true'))).json).toMatchObject({
      lastAliasRequest: { fromDeploymentId: null, toDeploymentId: a, jobStatus: 'pending', type: 'promote' },
      targets: {},
    })
    expect((await ask('GET', project())).json).not.toHaveProperty('lastAliasRequest')
    expect((await ask('POST', project(`/promote/${b}`, 10))).status).toBe(409)
    expect((await quiet()).targets.production).toMatchObject({ id: a, readySubstate: 'PROMOTED' })
    w.vercel.settings.settleMs = 60
    expect((await ask('POST', project(`/promote/${a}`, 10))).status).toBe(409)
    await ask('POST', project(`/promote/${b}`, 10))
    expect((await quiet()).targets.production.id).toBe(b)
    const { json } = await ask('GET', `/v4/aliases/${encodeURIComponent(w.vercel.domains.production)}`)
    expect(json).toMatchObject({ deploymentId: b, projectId: 'prj_emulated' })
    const progress = await ask('GET', project('/promote/aliases', 1))
    expect(progress.json.aliases).toMatchObject([{ status: 'completed', alias: { deploymentId: b } }])
  })

  test('where domains are assigned by themselves a build goes live, unless production was rolled back', async () => {
    const before = (await quiet()).targets.production.id
    expect((await ask('PATCH', project(), { autoAssignCustomDomains: true })).json.autoAssignCustomDomains).toBe(true)
    const live = (await ready((await create()).json.id)).id
    while ((await quiet()).targets.production.id !== live) await new Promise((resolve) => setTimeout(resolve, 20))
    await ask('POST', project(`/rollback/${before}`, 1))
    expect(await quiet()).toMatchObject({ autoAssignCustomDomains: false, targets: { production: { id: before } } })
    const held = (await ready((await create()).json.id)).id
    expect(await quiet()).toMatchObject({ targets: { production: { id: before } } })
    await ask('POST', project(`/promote/${held}`, 10))
    expect(await quiet()).toMatchObject({ autoAssignCustomDomains: true, targets: { production: { id: held } } })
    await ask('PATCH', project(), { autoAssignCustomDomains: false })
  })

  test('a look may be out of date, and is right again after it', async () => {
    const before = (await quiet()).targets.production.id
    const next = (await ready((await create()).json.id)).id
    await ask('POST', project(`/promote/${next}`, 10))
    await quiet()
    w.vercel.faults = [{ on: /^GET .*\/projects\//, times: 1, what: { kind: 'stale', ms: 150 } }]
    expect((await ask('GET', project())).json.targets.production.id).toBe(before)
    expect((await ask('GET', project())).json.targets.production.id).toBe(next)
  })
})

test('variables have times and no values', async () => {
  const set = () =>
    ask('POST', project('/env?upsert=true', 10), {
      key: 'API_KEY',
      value: 'hidden',
      type: 'encrypted',
      target: ['production'],
    })
  expect((await set()).status).toBe(201)
  const [first] = (await ask('GET', project('/env', 10))).json.envs
  await set()
  const { envs } = (await ask('GET', project('/env', 10))).json
  expect(envs).toHaveLength(1)
  expect(envs[0].updatedAt).toBeGreaterThan(first.updatedAt)
  expect(JSON.stringify(envs)).not.toContain('hidden')
})

describe('webhooks', () => {
  let server: Server
  let got: { type: string; id: string; signed: boolean }[]
  let secret = ''
  beforeAll(async () => {
    got = []
    server = createServer(async (request, response) => {
      const body = await buffer(request)
      const { type, id } = JSON.parse(body.toString('utf8'))
      got.push({ type, id, signed: request.headers['x-vercel-signature'] === sign(secret, body) })
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const events = ['deployment.created', 'deployment.ready', 'deployment.promoted', 'deployment.rollback']
    secret = (await ask('POST', '/v1/webhooks', { url, events })).json.secret
  })
  afterAll(() => server.close())
  const heard = async (count: number) => {
    while (got.length < count) await new Promise((resolve) => setTimeout(resolve, 20))
    return got.map(({ type }) => type)
  }

  test('are signed, may come late and twice', async () => {
    w.vercel.manner.delays = [1500]
    const { id } = await ready((await create()).json.id)
    expect(await heard(2)).toEqual(['deployment.ready', 'deployment.created'])
    w.vercel.manner.twice = true
    await ask('POST', project(`/promote/${id}`, 10))
    await quiet()
    expect(await heard(4)).toEqual([
      'deployment.ready',
      'deployment.created',
      'deployment.promoted',
      'deployment.promoted',
    ])
    expect(got[2]!.id).toBe(got[3]!.id)
    expect(got.every(({ signed }) => signed)).toBe(true)
  })
})
