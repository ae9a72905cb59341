import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { signed } from '../../emulators/github/hooks.ts'
import { LEAST } from '../../emulators/github/tokens.ts'
import { type Hub, NAME, openHub } from '../contracts/hub.ts'

let hub: Hub
let token: string
beforeEach(async () => {
  hub = await openHub()
  token = hub.github.service.tokens.personal('fine-grained', [NAME])
})
afterEach(() => hub.close())

async function ask(method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const response = await fetch(hub.github.url + path, {
    method,
    redirect: 'manual',
    headers: { authorization: `bearer ${token}`, ...headers },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text ? JSON.parse(text) : null }
}
const inRepo = (method: string, path: string, body?: object) => ask(method, `/repos/${NAME}${path}`, body)

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
function jwt(claims: object, key = hub.github.service.tokens.privateKey): string {
  const unsigned = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  return `${unsigned}.${createSign('RSA-SHA256').update(unsigned).sign(key, 'base64url')}`
}
const now = () => Math.floor(Date.now() / 1000)

test('an App proves itself by its key, for ten minutes at most', async () => {
  const { appId } = hub.github.service.tokens
  const good = { iss: appId, iat: now() - 60, exp: now() + 540 }
  const looked = async (bearer: string) =>
    (await ask('GET', `/repos/${NAME}/installation`, undefined, { authorization: `bearer ${bearer}` })).status
  expect(await looked(jwt(good))).toBe(200)
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  for (const bad of [
    jwt({ ...good, iss: appId + 1 }),
    jwt({ ...good, exp: now() + 7200 }),
    jwt({ ...good, exp: now() - 60 }),
    jwt({ ...good, iat: now() + 600 }),
    jwt(good, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    `${part({ alg: 'none' })}.${part(good)}.`,
    'nonsense',
  ])
    expect(await looked(bad)).toBe(401)
})

test('an installation hands out what it has and no more', async () => {
  const installation = hub.github.service.tokens.installations[0]!
  const authorization = `bearer ${jwt({ iss: hub.github.service.tokens.appId, iat: now() - 60, exp: now() + 540 })}`
  const issue = (body: object) =>
    ask('POST', `/app/installations/${installation.id}/access_tokens`, body, { authorization })
  expect((await issue({ permissions: { administration: 'write' } })).status).toBe(422)
  expect((await issue({ permissions: { checks: 'write' } })).status).toBe(422)
  expect((await issue({ repositories: ['other'] })).status).toBe(422)
  const { status, json } = await issue({ repositories: ['shop'], permissions: { contents: 'read' } })
  expect(status).toBe(201)
  expect(json).toMatchObject({ permissions: { contents: 'read' }, repository_selection: 'selected' })
  token = json.token
  expect((await inRepo('GET', '/git/ref/heads/main')).status).toBe(200)
  expect((await inRepo('POST', '/git/refs', { ref: 'refs/heads/x', sha: hub.base })).status).toBe(403)
  hub.github.service.later = 3_600_001
  expect((await inRepo('GET', '/git/ref/heads/main')).status).toBe(401)
})

test.each([
  ['contents', 'POST', '/git/trees', {}],
  ['contents', 'PUT', '/pulls/1/merge', {}],
  ['pull_requests', 'POST', '/pulls', {}],
  ['issues', 'POST', '/issues', { title: 'x' }],
  ['issues', 'POST', '/issues/1/comments', { body: 'x' }],
  ['checks', 'GET', '/commits/x/check-runs', undefined],
  ['statuses', 'GET', '/commits/x/status', undefined],
  ['deployments', 'POST', '/deployments', { ref: 'main' }],
  ['administration', 'GET', '/branches/main/protection', undefined],
] as const)('without %s, %s %s is refused', async (permission, method, path, body) => {
  const { [permission as 'contents']: _, ...rest } = LEAST
  token = hub.github.service.tokens.personal('fine-grained', [NAME], rest)
  const { status, json } = await inRepo(method, path, body)
  expect([status, json.message]).toEqual([403, 'Resource not accessible by personal access token'])
})

test('a repository a token is not for is not there', async () => {
  token = hub.github.service.tokens.personal('fine-grained', ['acme/other'])
  expect((await inRepo('GET', '')).status).toBe(404)
  expect((await ask('GET', '/repos/acme/shop', undefined, { authorization: '' })).status).toBe(401)
})

test('branches are created once, and move forward alone unless forced', async () => {
  const create = () => inRepo('POST', '/git/refs', { ref: 'refs/heads/x', sha: hub.base })
  expect((await create()).status).toBe(201)
  expect(await create()).toMatchObject({ status: 422, json: { message: 'Reference already exists' } })
  const next = hub.origin.commit('x', { a: 'b' }, 'Next')
  const move = (sha: string, force = false) => inRepo('PATCH', '/git/refs/heads/x', { sha, force })
  expect(await move(hub.base)).toMatchObject({ status: 422, json: { message: 'Update is not a fast forward' } })
  expect((await move(hub.base, true)).status).toBe(200)
  expect((await move(next)).status).toBe(200)
  expect((await inRepo('PATCH', '/git/refs/heads/none', { sha: next })).status).toBe(422)
  expect((await inRepo('POST', '/git/refs', { ref: 'refs/heads/y', sha: 'f'.repeat(40) })).status).toBe(422)
  expect((await inRepo('POST', '/git/refs', { ref: 'y', sha: hub.base })).status).toBe(422)
})

test('a commit is dated and signed by the service, and never the same twice', async () => {
  const { tree } = (await inRepo('GET', `/git/commits/${hub.base}`)).json
  const body = { message: 'Same\n', tree: tree.sha, parents: [hub.base] }
  const { id } = hub.github.service.tokens.installations[0]!
  token = (hub.github.service.tokens.issue(id, {}).json as { token: string }).token
  const [one, two] = [await inRepo('POST', '/git/commits', body), await inRepo('POST', '/git/commits', body)]
  expect(one!.json.verification).toMatchObject({ verified: true, reason: 'valid' })
  expect(one!.json.sha).not.toBe(two!.json.sha)
  const named = { ...body, author: { name: 'A', email: 'a@b.c' } }
  expect((await inRepo('POST', '/git/commits', named)).json.verification.verified).toBe(false)
  expect(hub.origin.git('cat-file', '-t', one!.json.sha)).toBe('commit')
  expect((await inRepo('POST', '/git/commits', { ...body, tree: hub.base })).status).toBe(422)
})

test('trees: over a base, with a path taken out, and truncated when large', async () => {
  const { tree } = (await inRepo('GET', `/git/commits/${hub.base}`)).json
  const rows = [
    { path: 'README.md', mode: '100644', type: 'blob', sha: null },
    { path: 'new/file.txt', mode: '100644', type: 'blob', content: 'new\n' },
  ]
  const made = await inRepo('POST', '/git/trees', { base_tree: tree.sha, tree: rows })
  const listed = await inRepo('GET', `/git/trees/${made.json.sha}?recursive=1`)
  expect(listed.json.tree.map(({ path }: { path: string }) => path)).toEqual([
    'new',
    'new/file.txt',
    'src',
    'src/app.ts',
  ])
  hub.repo.treeLimit = 2
  expect((await inRepo('GET', `/git/trees/${made.json.sha}?recursive=1`)).json.truncated).toBe(true)
  expect((await inRepo('POST', '/git/trees', { tree: [{ ...rows[1], path: '../x' }] })).status).toBe(422)
  expect((await inRepo('POST', '/git/trees', { tree: [] })).status).toBe(422)
})

test('a known answer costs nothing, and the hour’s calls run out', async () => {
  const first = await inRepo('GET', '/git/ref/heads/main')
  const left = hub.github.service.remaining
  const again = await ask('GET', `/repos/${NAME}/git/ref/heads/main`, undefined, {
    'if-none-match': first.headers.get('etag')!,
  })
  expect([again.status, hub.github.service.remaining]).toEqual([304, left])
  hub.github.service.remaining = 0
  const none = await inRepo('GET', '/git/ref/heads/main')
  expect([none.status, none.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
  const ends = Number(none.headers.get('x-ratelimit-reset')) * 1000
  expect(ends).toBeGreaterThan(Date.now() + 59 * 60_000)
  hub.github.service.later += 3_600_000
  expect((await inRepo('GET', '/git/ref/heads/main')).status).toBe(200)
  expect(hub.github.service.remaining).toBeGreaterThan(4990)
})

test('a pull request: one a branch, its mergeability known at the second look, merged at its head alone', async () => {
  hub.origin.git('update-ref', 'refs/heads/x', hub.base)
  const open = () => inRepo('POST', '/pulls', { title: 'X', head: 'x', base: 'main' })
  expect((await open()).json.errors[0].message).toContain('No commits between')
  const head = hub.origin.commit('x', { a: 'b' }, 'Next')
  expect((await open()).status).toBe(201)
  expect((await open()).json.errors[0].message).toContain('already exists')
  expect((await inRepo('GET', '/pulls/1')).json.mergeable).toBeNull()
  expect((await inRepo('GET', '/pulls/1')).json).toMatchObject({ mergeable: true, mergeable_state: 'clean' })
  expect((await inRepo('PUT', '/pulls/1/merge', { sha: hub.base })).status).toBe(409)
  expect((await inRepo('PUT', '/pulls/1/merge', { sha: head })).json.merged).toBe(true)
  expect((await inRepo('PUT', '/pulls/1/merge', { sha: head })).status).toBe(405)
  expect(hub.origin.git('log', '-1', '--format=%P', 'main')).toBe(`${hub.base} ${head}`)
})

test('protection keeps direct pushes and early merges out', async () => {
  hub.repo.protection.set('main', { approvals: 1, checks: [], pullsOnly: true })
  const next = hub.origin.commit('x', { a: 'b' }, 'Next')
  const moved = await inRepo('PATCH', '/git/refs/heads/main', { sha: next, force: true })
  expect([moved.status, moved.json.message]).toEqual([422, expect.stringContaining('through a pull request')])
  expect((await inRepo('GET', '/rules/branches/main')).json).toMatchObject([{ type: 'pull_request' }])
})

test('deployments wait for checks unless told not to', async () => {
  hub.repo.checks.push({ id: 1, name: 'build', sha: hub.base, status: 'completed', conclusion: 'failure' })
  expect((await inRepo('POST', '/deployments', { ref: 'main' })).status).toBe(409)
  const made = await inRepo('POST', '/deployments', { ref: 'main', required_contexts: [], environment: 'staging' })
  expect(made.status).toBe(201)
  expect((await inRepo('POST', `/deployments/${made.json.id}/statuses`, { state: 'success' })).status).toBe(201)
  expect((await inRepo('GET', '/deployments?environment=staging')).json).toHaveLength(1)
  expect((await inRepo('GET', '/deployments?environment=production')).json).toHaveLength(0)
})

test('webhooks are signed, sent once, and under their own id when sent again; held ones come newest first', async () => {
  const got: { id: string; fits: boolean }[] = []
  const secret = 'a secret of the webhook'
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { 'x-github-delivery': id, 'x-hub-signature-256': signature } = request.headers
    got.push({ id: String(id), fits: signature === signed(secret, Buffer.concat(chunks).toString()) })
    response.writeHead(202).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { hooks } = hub.github.service
  hooks.subscribe(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, secret)
  await inRepo('POST', '/issues', { title: 'One' })
  await hooks.settled()
  await hooks.send(hooks.deliveries[0]!)
  hooks.held = true
  await inRepo('POST', '/issues', { title: 'Two' })
  await inRepo('POST', '/issues', { title: 'Three' })
  await hooks.release()
  await new Promise((resolve) => server.close(resolve))
  const [one, two, three] = hooks.deliveries.map(({ id }) => id)
  expect(got.map(({ id }) => id)).toEqual([one, one, three, two])
  expect(got.every(({ fits }) => fits)).toBe(true)
})
