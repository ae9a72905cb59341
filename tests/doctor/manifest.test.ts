import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EmulatedGithub, emulateGithub } from '../../emulators/github/server.ts'
import { appForm, convertCode } from '../../lib/adapters/github/manifest.ts'
import { APP_PERMISSIONS, NEVER } from '../../lib/adapters/github/permissions.ts'
import { parseGithubSite } from '../../lib/config/code.ts'

let github: EmulatedGithub
beforeAll(async () => {
  github = await emulateGithub()
})
afterAll(() => github.close())

const site = () => ({ api: github.url, web: github.url })
const URL_ = 'https://night.example.com'

/** As a person does it: the form, the consent, and where GitHub leads back to. */
async function made(change: (manifest: Record<string, unknown>) => void = () => undefined): Promise<URL> {
  const { action, manifest } = appForm(site(), URL_, 'the-state')
  const wanted = JSON.parse(manifest) as Record<string, unknown>
  change(wanted)
  const post = (at: string, fields: Record<string, string>) =>
    fetch(at, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const asked = await post(action, { manifest: JSON.stringify(wanted) })
  expect(asked.status).toBe(200)
  const back = await post(`${github.url}/settings/apps`, { manifest: JSON.stringify(wanted), state: 'the-state' })
  return new URL(back.headers.get('location') ?? '')
}
const codeOf = (back: URL) => back.searchParams.get('code') ?? ''

test('the manifest asks for the least and for nothing that changes the rules, and leads back to us', async () => {
  const { manifest, ofOrganization } = appForm(site(), `${URL_}/`, 'S')
  const read = JSON.parse(manifest)
  expect(read).toMatchObject({
    hook_attributes: { url: `${URL_}/api/webhooks/github`, active: true },
    redirect_url: `${URL_}/dashboard/agent-control/connect/github/back`,
    public: false,
    default_permissions: { contents: 'write', metadata: 'read', merge_queues: 'read' },
  })
  for (const never of NEVER) expect(read.default_permissions).not.toHaveProperty(never)
  expect(read.name.length).toBeLessThanOrEqual(34)
  expect(ofOrganization).toContain('/organizations/{organization}/settings/apps/new?state=S')
  const back = await made()
  expect(back.origin + back.pathname).toBe(read.redirect_url)
  expect(back.searchParams.get('state')).toBe('the-state')
})

test('on a machine nobody reaches there is no webhook, which GitHub would refuse', () => {
  const read = JSON.parse(appForm(site(), 'http://localhost:3000', 'S').manifest)
  expect(read).not.toHaveProperty('hook_attributes')
  expect(read.default_events).toEqual([])
})

test('a code is good once, within an hour', async () => {
  const code = codeOf(await made())
  const app = await convertCode(site(), code)
  expect(app).toMatchObject({ id: 4711, slug: 'nightshift-night-example-com', webhookSecret: expect.any(String) })
  expect(app.privateKey).toContain('BEGIN RSA PRIVATE KEY')
  await expect(convertCode(site(), code)).rejects.toMatchObject({ code: 'CONNECTION_OVER' })
  const late = codeOf(await made())
  github.service.later = 3_600_001
  await expect(convertCode(site(), late)).rejects.toMatchObject({ code: 'CONNECTION_OVER' })
  github.service.later = 0
})

test.each(['administration', 'workflows'])(
  'an App that was given %s is not taken, and its key is in no word',
  async (more) => {
    const back = await made((manifest) => {
      manifest.default_permissions = { ...APP_PERMISSIONS, [more]: 'write' }
    })
    const refused = await convertCode(site(), codeOf(back)).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'GITHUB_OVER_SCOPED', detail: expect.stringContaining(more) })
    expect(JSON.stringify(refused)).not.toContain('PRIVATE KEY')
  },
)

test('a code is never spent twice by us: an answer that is lost, or is none, says to begin again', async () => {
  const { conversions } = github.service.site
  github.faults.push({ on: /conversions/, times: 1, what: { kind: 'lost' } })
  await expect(convertCode(site(), codeOf(await made()))).rejects.toThrow(/Delete the App there/)
  expect(github.service.site.conversions).toBe(conversions + 1)
  github.faults.push({ on: /conversions/, times: 1, what: { kind: 'redirects', to: 'https://elsewhere.example' } })
  await expect(convertCode(site(), codeOf(await made()))).rejects.toThrow(/Delete the App there/)
  github.faults.push({ on: /conversions/, times: 1, what: { kind: 'says', json: { id: 'x' } } })
  await expect(convertCode(site(), codeOf(await made()))).rejects.toThrow(/Delete the App there/)
})

test.each([
  [undefined, 'https://github.com'],
  ['https://api.github.com', 'https://github.com'],
  ['https://git.example.com/api/v3', 'https://git.example.com'],
  ['http://git.example.com/api/v3', 'https://github.com'],
])('GitHub with the API %s is met at %s', (api, web) => {
  expect(parseGithubSite(api ? { GITHUB_API_URL: api } : {}).web).toBe(web)
})
