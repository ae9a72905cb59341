import { expect, test } from 'vitest'
import { type Chosen, looked, ofInstallation, ofProject } from '../../lib/adapters/findings.ts'
import { well } from '../../lib/domain/finding.ts'
import { Fault } from '../../lib/errors.ts'
import type { CodeReader, DeployReader, Sandbox } from '../../lib/world.ts'
import { projectAt } from '../contracts/projectAt.ts'

const CHOSEN: Chosen = {
  ...{
    url: 'http://localhost:3000',
    code: { kind: 'git', program: null, token: null, cafile: null, proxy: null },
    deploy: { kind: 'process', url: 'http://127.0.0.1:9', token: 't' },
  },
  ...{ supabase: null, model: null, sentry: null, notify: { slack: null, email: null } },
}
const sandbox = (ok: boolean) =>
  ({
    selfTest: async () =>
      ok ? { ok, boundary: 'bubblewrap', probes: [] } : { ok, why: 'It leaks.', remedy: 'See there.', probes: [] },
  }) as unknown as Sandbox
const SHA = 'a'.repeat(40)
const ports = (heads: Record<string, string>, serving: unknown = null) => ({
  code: () => ({ head: async (branch: string) => heads[branch] ?? null }) as unknown as CodeReader,
  deploy: () => ({ serving: async () => serving }) as unknown as DeployReader,
})
const project = projectAt('/srv/shop.git')
const said = async (...[all, slug]: Parameters<typeof looked>) =>
  (await looked(all, slug)).map(({ area, project: whose, state, name }) => `${area} ${whose} ${state} ${name}`)

test('a local installation has a sandbox, perhaps a model, and nobody outside to ask', async () => {
  expect(await said(ofInstallation(CHOSEN, sandbox(true)), null)).toEqual([
    'sandbox null ok sandbox',
    'model null note model',
  ])
  expect(await said(ofInstallation(CHOSEN, sandbox(false)), null)).toContain('sandbox null fails sandbox')
})

test('both branches have to be there, wherever the code is', async () => {
  expect(await said(ofProject(CHOSEN, ports({ main: SHA, staging: SHA }, { sha: SHA }), project), 'shop')).toEqual([
    ...['code shop ok branch main', 'code shop ok branch staging', 'deploy shop ok host'],
  ])
  expect(await said(ofProject(CHOSEN, ports({ main: SHA }), project), 'shop')).toEqual([
    ...['code shop ok branch main', 'code shop fails branch staging', 'deploy shop note host'],
  ])
})

test('whoever cannot be asked is a finding, and takes nobody else with it', async () => {
  const secret = 'token-in-a-message'
  const all: Parameters<typeof looked>[0] = [
    ['code', () => Promise.reject(new Fault('GITHUB_UNAUTHORISED'))],
    ['deploy', () => Promise.reject(new TypeError(secret))],
    ['model', async () => [well('model', 'there')]],
  ]
  const found = await looked(all, null)
  expect(found.map(({ state }) => state)).toEqual(['fails', 'note', 'ok'])
  expect(found[0]?.todo).toContain('make a new token')
  expect(JSON.stringify(found)).not.toContain(secret)
})

test('an App without the secret of its webhook is told that clocks do the work', async () => {
  const login = { kind: 'token' as const, token: 't' }
  const code = { kind: 'github' as const, apiUrl: 'http://127.0.0.1:9', login, webhookSecret: null }
  const found = await said(ofInstallation({ ...CHOSEN, code }, sandbox(true)), null)
  expect(found).toContain('doors null note GitHub’s webhooks')
  expect(found).toContain('clock null note GitHub')
})
