import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type EmulatedVercel, startVercel } from '../../emulators/vercel/start.ts'
import { EVENTS, PATHS, vercelConnection } from '../../lib/adapters/vercel/connect.ts'
import type { Project } from '../../lib/domain/project.ts'
import { projectAt } from '../contracts/projectAt.ts'

const CODE = 'code-of-the-drain'
let vercel: EmulatedVercel
let door: Server
let url: string
/** What our address answers with. */
let shown: string | null = CODE
beforeAll(async () => {
  vercel = await startVercel({ url: 'http://127.0.0.1:9', token: 'none' } as never, { verifyCode: CODE })
  door = createServer((_request, response) => {
    response.writeHead(404, shown ? { 'x-vercel-verify': shown } : {}).end()
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
})
afterAll(async () => {
  await vercel.close()
  await new Promise((resolve) => door.close(resolve))
})
beforeEach(() => {
  vercel.store.change((state) => Object.assign(state, { drains: [], hooks: [] }))
  Object.assign(vercel.settings, { plan: 'pro', verifyCode: CODE })
  vercel.faults.length = 0
  shown = CODE
})

const shop = (id = vercel.settings.projectId): Project => {
  const { settings, ...rest } = projectAt('acme/shop')
  const at = { project: id, domain: 'shop.example.com', staging: { domain: 'staging.shop.example.com' } }
  return { ...rest, settings: { ...settings, vercel: at } }
}
const access = () => ({ url: vercel.url, token: vercel.token, teamId: vercel.settings.teamId })
const far = (projects = [shop()], at = url) => vercelConnection(access(), at, projects)
const state = () => vercel.store.state

test('both are made for the projects there are, with the code first', async () => {
  expect(await far().verifyCode()).toBe(CODE)
  const drain = await far([shop(), shop('prj_blog')]).drain(null)
  expect(drain).toMatchObject({ id: state().drains[0]?.id, secret: expect.stringMatching(/^[0-9a-f]{48}$/) })
  expect(state().drains).toMatchObject([
    {
      endpoint: `${url}${PATHS.drain}`,
      secret: drain.secret,
      projectIds: ['prj_emulated', 'prj_blog'],
      compression: 'none',
    },
  ])
  const hook = await far().webhook(null)
  expect(state().hooks).toMatchObject([{ url: `${url}${PATHS.webhook}`, secret: hook.secret, events: EVENTS }])
})

test('a secret that is set already is the drain’s too', async () => {
  expect((await far().drain('a-secret-that-is-set')).secret).toBe('a-secret-that-is-set')
  expect(state().drains[0]?.secret).toBe('a-secret-that-is-set')
})

test('what is there is found by its address, and nothing is made twice', async () => {
  for (const part of ['drain', 'webhook'] as const) {
    await far()[part](null)
    expect(await far()[part]('a-secret-that-is-set')).toMatchObject({
      secret: null,
      said: `The ${part} is there already.`,
    })
    expect((await far()[part](null)).said).toMatch(/is not set here\. Vercel shows a secret once: delete/)
  }
  expect([state().drains.length, state().hooks.length]).toEqual([1, 1])
})

test.each(['drain', 'webhook'] as const)(
  'a %s of another Nightshift for the same project is named, and none is made beside',
  async (part) => {
    const elsewhere = 'https://old.night.example'
    vercel.store.change(({ drains, hooks }) => {
      const shared = { id: 'x', secret: 's', projectIds: [vercel.settings.projectId] }
      drains.push({
        ...shared,
        name: 'nightshift',
        endpoint: elsewhere + PATHS.drain,
        encoding: 'json',
        compression: 'none',
      })
      hooks.push({ ...shared, url: elsewhere + PATHS.webhook, events: [] })
    })
    expect(await far()[part](null)).toMatchObject({
      secret: null,
      said: expect.stringContaining('leads to old.night.example'),
    })
    expect([state().drains.length, state().hooks.length]).toEqual([1, 1])
    // Somebody else's project, and somebody else's addresses, are none of ours.
    vercel.store.change(({ drains, hooks }) => {
      for (const one of [...drains, ...hooks]) one.projectIds = ['prj_other']
    })
    expect((await far()[part](null)).secret).not.toBeNull()
  },
)

test('one that lacks a project is said to, and left alone', async () => {
  await far().drain(null)
  expect((await far([shop(), shop('prj_blog')]).drain('set')).said).toMatch(/does not hold prj_blog\. Delete it/)
})

test('an address that does not answer with the code, a free plan, and a limit make nothing', async () => {
  shown = null
  expect(await far().drain(null)).toMatchObject({ id: null, said: expect.stringContaining('endpoint_not_verified') })
  shown = CODE
  vercel.settings.plan = 'hobby'
  for (const part of ['drain', 'webhook'] as const)
    expect((await far()[part](null)).said).toMatch(/^No .*need a Pro plan there/)
  vercel.settings.plan = 'pro'
  vercel.faults.push({ on: /GET \/v1\/webhooks/, times: 1, what: { kind: 'limit', seconds: 9 } })
  expect((await far().webhook(null)).said).toMatch(/^No webhook: .*fewer calls/)
  expect([state().drains.length, state().hooks.length]).toEqual([0, 0])
})

test('a lost answer is not called a failure, and what was made is found the next time', async () => {
  vercel.faults.push({ on: /POST \/v1\/drains/, times: 1, what: { kind: 'lost' } })
  expect((await far().drain(null)).said).toMatch(/^No drain: .*It may have been made all the same/)
  expect(state().drains).toHaveLength(1)
  expect((await far().drain(null)).said).toContain('delete the drain there')
  expect(state().drains).toHaveLength(1)
})

test('without a project there, and from an address nobody reaches, nothing is asked', async () => {
  expect(() => far([projectAt('acme/shop')])).toThrow(/set vercel\.project first/)
  expect(() =>
    vercelConnection({ ...access(), url: 'https://api.vercel.com' }, 'http://localhost:3000', [shop()]),
  ).toThrow(/cannot reach localhost:3000/)
  vercel.settings.verifyCode = null
  await expect(far().verifyCode()).rejects.toThrow(/404/)
})
