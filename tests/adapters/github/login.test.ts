import { afterEach, beforeEach, expect, test } from 'vitest'
import { LEAST } from '../../../emulators/github/tokens.ts'
import { githubActor, githubReader } from '../../../lib/adapters/code.github.ts'
import { type Hub, NAME, openHub } from '../../contracts/hub.ts'

let hub: Hub
beforeEach(async () => {
  hub = await openHub()
})
afterEach(() => hub.close())

const HOUR = 3_600_000
const tokensMade = () => hub.github.service.count('token')
const installed = () => hub.github.service.tokens.installations[0]!

test('a token is fetched once for many calls, for this repository and these permissions alone', async () => {
  installed().repositories.push('acme/other')
  await Promise.all(Array.from({ length: 25 }, () => hub.reader.head('main')))
  expect(tokensMade()).toBe(1)
  const [issued] = hub.github.service.tokens.issued()
  expect(issued).toMatchObject({ repositories: [NAME], permissions: { contents: 'read', metadata: 'read' } })
  await hub.actor.head('main')
  expect(hub.github.service.tokens.issued()[1]!.permissions).toEqual({ contents: 'write', metadata: 'read' })
})

test('a token is a text of any length with any letters', async () => {
  await hub.reader.head('main')
  const [issued] = hub.github.service.tokens.issued()
  expect(issued!.token.length).toBeGreaterThan(500)
  expect(issued!.token).toContain('.')
})

test('the reader’s token cannot write', async () => {
  const reader = githubReader(hub.options)(hub.project)
  await reader.head('main')
  const { token } = hub.github.service.tokens.issued()[0]!
  const answer = await fetch(`${hub.github.url}/repos/${NAME}/git/refs`, {
    method: 'POST',
    headers: { authorization: `bearer ${token}` },
    body: JSON.stringify({ ref: 'refs/heads/x', sha: hub.base }),
  })
  expect(answer.status).toBe(403)
})

test.each(['workflows', 'administration', 'secrets', 'organization_administration', 'organization_secrets'])(
  'an installation with %s is refused before any token is made',
  async (more) => {
    installed().permissions = { ...LEAST, [more]: 'write' }
    await expect(hub.actor.head('main')).rejects.toMatchObject({
      code: 'GITHUB_OVER_SCOPED',
      detail: `They include ${more}.`,
    })
    expect(tokensMade()).toBe(0)
  },
)

test('a token that comes with more than was asked for is refused', async () => {
  hub.fault(/access_tokens/, {
    kind: 'says',
    json: { token: 'ghs_x', expires_at: '', permissions: { workflows: 'write' } },
  })
  await expect(hub.actor.head('main')).rejects.toMatchObject({ code: 'GITHUB_OVER_SCOPED' })
  expect(hub.github.calls.filter((call) => call.includes('/git/'))).toEqual([])
})

test('what is missing is named, all of it at once', async () => {
  installed().permissions = { contents: 'read' }
  await expect(hub.actor.head('main')).rejects.toMatchObject({
    code: 'GITHUB_PERMISSIONS',
    detail: 'It lacks metadata: read, contents: write.',
  })
})

test('an App that is not installed, or suspended, is said, and found again once it is', async () => {
  installed().suspended = true
  await expect(hub.actor.head('main')).rejects.toMatchObject({ code: 'GITHUB_NOT_INSTALLED' })
  const [gone] = hub.github.service.tokens.installations.splice(0)
  await expect(hub.actor.head('main')).rejects.toMatchObject({ code: 'GITHUB_NOT_INSTALLED' })
  hub.github.service.tokens.installations.push({ ...gone!, suspended: false })
  expect(await hub.actor.head('main')).toBe(hub.base)
})

test('a token that is revoked in the middle of a run is replaced once', async () => {
  await hub.actor.head('main')
  hub.github.service.tokens.revokeAll()
  const answers = await Promise.all(Array.from({ length: 6 }, () => hub.actor.head('main')))
  expect(answers).toEqual(Array(6).fill(hub.base))
  expect(tokensMade()).toBe(2)
})

test('a token that expired in the middle of a run is replaced', async () => {
  await hub.actor.head('main')
  hub.github.service.later = 61 * 60_000
  // The App's own proof is as old as its clock says, which is not moved here.
  hub.github.service.tokens.skewAllowed = HOUR * 2
  expect(await hub.actor.head('main')).toBe(hub.base)
  expect(tokensMade()).toBe(2)
})

test('a token is renewed before it ends, and what was granted since is looked at', async () => {
  hub.github.service.later = -59.5 * 60_000
  hub.github.service.tokens.skewAllowed = HOUR * 2
  await hub.actor.head('main')
  installed().permissions = { ...LEAST, workflows: 'write' }
  await expect(hub.actor.head('main')).rejects.toMatchObject({ code: 'GITHUB_OVER_SCOPED' })
})

test('a fresh token that is not known everywhere yet is sent again', async () => {
  hub.github.service.tokens.replication = 1
  expect(await hub.actor.head('main')).toBe(hub.base)
})

test('credentials that stay refused are a fault of their own, after one new token', async () => {
  hub.github.service.tokens.replication = 99
  await expect(hub.actor.head('main')).rejects.toMatchObject({ code: 'GITHUB_UNAUTHORISED' })
  expect(tokensMade()).toBe(2)
})

test('a key that is not the App’s is refused in the same words', async () => {
  const stranger = await openHub()
  const login = {
    ...hub.options.login,
    appId: hub.github.service.tokens.appId,
    privateKey: (stranger.options.login as { privateKey: string }).privateKey,
  }
  await stranger.close()
  await expect(githubActor({ ...hub.options, login: login as never })(hub.project).head('main')).rejects.toMatchObject({
    code: 'GITHUB_UNAUTHORISED',
  })
})

const withToken = (token: string) => githubActor({ ...hub.options, login: { kind: 'token', token } })(hub.project)

test('a fine-grained token works in place of an App', async () => {
  const code = withToken(hub.github.service.tokens.personal('fine-grained', [NAME]))
  const tree = await code.composeTree(hub.base, [{ path: 'a.txt', bytes: Buffer.from('a\n') }])
  const sha = await code.composeCommit({ parents: [hub.base], tree, message: 'A\n', at: '2026-11-20T03:00:00Z' })
  expect(await code.push('agent/fix-000000000001', sha, null)).toBe('pushed')
})

test('a token that may change settings, or everything, is refused', async () => {
  const { tokens } = hub.github.service
  const admin = tokens.personal('fine-grained', [NAME], { ...LEAST, administration: 'read' })
  await expect(withToken(admin).head('main')).rejects.toMatchObject({ code: 'GITHUB_OVER_SCOPED' })
  hub.repo.protection.set('main', { approvals: 1, checks: [], pullsOnly: false })
  await expect(withToken(admin).head('main')).rejects.toMatchObject({ code: 'GITHUB_OVER_SCOPED' })
  const classic = withToken(tokens.personal('classic', []))
  await expect(classic.head('main')).rejects.toMatchObject({
    code: 'GITHUB_OVER_SCOPED',
    detail: expect.stringContaining('classic'),
  })
})

test('a revoked token of a person’s is a fault, and no message holds it', async () => {
  const token = hub.github.service.tokens.personal('fine-grained', [NAME])
  hub.github.service.tokens.revokeAll()
  const error = await withToken(token)
    .head('main')
    .catch((thrown) => thrown)
  expect(error).toMatchObject({ code: 'GITHUB_UNAUTHORISED' })
  expect(JSON.stringify(error) + String(error) + error.stack).not.toContain(token)
})

test('no credential is in what is thrown, whatever GitHub echoes', async () => {
  await hub.actor.head('main')
  const { token } = hub.github.service.tokens.issued()[0]!
  hub.fault(/git\/ref/, { kind: 'says', json: { object: { type: 'commit', sha: token } } })
  const odd = await hub.actor.head('main').catch((thrown) => thrown)
  expect(String(odd)).not.toContain(token)
  hub.github.service.remaining = 0
  const limited = await hub.actor.head('main').catch((thrown) => thrown)
  expect(limited).toMatchObject({ code: 'GITHUB_LIMITED' })
  expect(JSON.stringify(limited) + limited.stack).not.toContain('ghs_')
})
