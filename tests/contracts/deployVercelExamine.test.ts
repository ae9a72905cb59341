import { afterAll, beforeAll, expect, test } from 'vitest'
import type { State } from '../../emulators/vercel/state.ts'
import { vercelFindings } from '../../lib/adapters/deploy.vercel.ts'
import { knownHosts } from '../../lib/adapters/vercel/hosts.ts'
import { openVercelBench, PATIENCE, type VercelBench } from './vercelBench.ts'

let w: VercelBench
beforeAll(async () => {
  w = await openVercelBench()
})
afterAll(() => w?.close())

const ALL = { bypass: true, webhook: true, drain: true }
const findings = async (given = ALL, token = w.vercel.token, project = w.project) => {
  const access = { url: w.vercel.url, token, teamId: w.vercel.settings.teamId }
  const found = await vercelFindings({ access, hosts: knownHosts(null), patience: PATIENCE }, project, given)
  return Object.fromEntries(
    found.map(({ name, state, detail, todo }) => [name, [`${state}: ${detail}`, todo].filter(Boolean).join('. ')]),
  )
}
const set = (how: (state: State) => void) => w.vercel.store.change(how)

test('a project that is set up is well, and one that has deployed has domains', async () => {
  const before = await findings()
  expect(Object.values(before).filter((said) => !said.startsWith('ok'))).toEqual([
    `note: ${w.vercel.domains.production} leads nowhere yet`,
    `note: ${w.vercel.domains.staging} leads nowhere yet`,
  ])
  await w.actor.promote('production', (await w.built()).id, null)
  await w.actor.promote('staging', (await w.built('staging')).id, null)
  expect(Object.values(await findings()).every((said) => said.startsWith('ok'))).toBe(true)
  expect(w.vercel.effects).toHaveLength(4)
})

test('what would go live by itself fails, and a rollback that holds it is a note', async () => {
  set((state) => Object.assign(state, { autoAssign: true }))
  expect((await findings())['auto-assignment']).toMatch(/^fails: .*Auto-assign Custom Production Domains/)
  const first = (await w.actor.serving('production'))!
  await w.actor.rollback('production', first.deployment, first)
  expect((await findings())['auto-assignment']).toMatch(/^note: production is rolled back/)
  set((state) => Object.assign(state, { autoAssign: false }))
})

test.each([
  ['bypass', 'protection', /^fails: .*VERCEL_BYPASS_SECRET/],
  ['webhook', 'webhooks', /^note: .*VERCEL_WEBHOOK_SECRET/],
  ['drain', 'drain', /^note: .*VERCEL_DRAIN_SECRET/],
])('without the secret of its %s, %s says so', async (missing, name, said) => {
  expect((await findings({ ...ALL, [missing]: false }))[name]).toMatch(said)
})

test('without protection no secret is needed', async () => {
  w.vercel.settings.protected = false
  expect((await findings({ ...ALL, bypass: false })).protection).toMatch(/^ok/)
  w.vercel.settings.protected = true
})

test('an environment nobody made fails, and previews are a note', async () => {
  w.vercel.settings.environments = []
  expect((await findings()).staging).toMatch(/^fails: there is no custom environment staging/)
  const { vercel } = w.project.settings
  const previews = {
    ...w.project,
    settings: { ...w.project.settings, vercel: { ...vercel!, staging: { domain: 'x.example.com' } } },
  }
  const said = await findings(ALL, w.vercel.token, previews)
  expect(said.staging).toMatch(/^note: builds are previews/)
  expect(said['domain of staging']).toBe('note: x.example.com leads nowhere yet')
})

test('a login that is not accepted, and a project without settings, are one finding with what to do', async () => {
  const denied = await findings(ALL, 'wrong-token')
  expect(denied).toEqual({ project: expect.stringMatching(/^fails: .*does not accept.*Check its token/) })
  const { vercel: _, ...settings } = w.project.settings
  expect(await findings(ALL, w.vercel.token, { ...w.project, settings })).toEqual({
    project: expect.stringMatching(/^fails: .*name no project at Vercel/),
  })
})
