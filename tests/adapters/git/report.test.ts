import { writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { gitBackend } from '../../../emulators/git/backend.ts'
import { selfSigned } from '../../../emulators/git/certificate.ts'
import { isomorphicActor } from '../../../lib/adapters/code.isomorphic.ts'
import type { CodeActor } from '../../../lib/world.ts'
import { ground } from '../../contracts/gitHosts.ts'
import { projectAt } from '../../contracts/projectAt.ts'

/** A host that takes a push and answers whatever it likes: what is said of it is its reason, and what holds is the branch. */
const BRANCH = 'agent/fix-000000000001'
const REF = `refs/heads/${BRANCH}`
let at: ReturnType<typeof ground>
let server: Server
let actor: CodeActor
let sha: string
let answer: { status: number; body: string | Buffer; arrives?: boolean }
beforeEach(async () => {
  at = ground()
  const { cert, key } = selfSigned()
  server = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
    const pushes = request.method === 'POST' && request.url!.endsWith('git-receive-pack')
    const page =
      pushes && !answer.arrives ? null : await gitBackend(at.root, request, Buffer.concat(chunks), 'somebody')
    if (pushes) return void response.writeHead(answer.status).end(answer.body)
    response.writeHead(page!.status, page!.headers).end(page!.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const cafile = join(at.home, 'ca.pem')
  writeFileSync(cafile, cert)
  const far = { login: async () => ({ kind: 'none' }) as const, hostKeys: async () => [], cafile }
  actor = isomorphicActor(at.home, projectAt(`https://127.0.0.1:${port}/${at.name}`), far)
  const tree = await actor.composeTree(at.base, [{ path: 'src/app.ts', bytes: Buffer.from('fixed\n') }])
  sha = await actor.composeCommit({ parents: [at.base], tree, message: 'Guard\n', at: '2026-11-20T03:00:00.000Z' })
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
  at.remove()
})

const lines = (...all: string[]) =>
  `${all.map((one) => (Buffer.byteLength(one) + 5).toString(16).padStart(4, '0') + one).join('\n')}\n0000`

test.each([
  [
    'a rule of the host',
    lines('unpack ok', `ng ${REF} protected branch hook declined`),
    'protected branch hook declined',
  ],
  ['a pack it could not read', lines('unpack index-pack abnormal exit', `ng ${REF} unpacker error`), 'unpacker error'],
  ['only half of an answer', lines('unpack index-pack abnormal exit'), 'unpack index-pack abnormal exit'],
  ['nothing', '', 'it gives no reason'],
  ['a page', '<html>Moved on</html>', 'it gives no reason'],
  ['lengths that lie', 'ffffunpack ok\n0001', 'unpack ok'],
  ['a reason with an escape in it', lines('unpack ok', `ng ${REF} \u001b[2Jgone\u0007`), ' [2Jgone '],
])('%s is a refusal in its own words', async (_, body, words) => {
  answer = { status: 200, body }
  await expect(actor.push(BRANCH, sha, null)).rejects.toMatchObject({
    ...{ code: 'BRANCH_PROTECTED', detail: expect.stringContaining(words) },
  })
  expect(await at.head(BRANCH)).toBeNull()
})

test('a reason without an end is cut', async () => {
  answer = { status: 200, body: lines('unpack ok', `ng ${REF} ${'x'.repeat(9000)}`) }
  const told = await actor.push(BRANCH, sha, null).catch((error: Error) => error.message)
  expect(String(told).length).toBeLessThan(700)
})

test.each([
  [401, 'GIT_UNAUTHORISED'],
  [403, 'GIT_UNAUTHORISED'],
  [302, 'CODE_UNREACHABLE'],
  [404, 'CODE_UNREACHABLE'],
  [429, 'GIT_LIMITED'],
  [503, 'GIT_UNREACHABLE'],
])('status %i is %s, and the branch is where it was', async (status, code) => {
  answer = { status, body: '' }
  await expect(actor.push(BRANCH, sha, null)).rejects.toMatchObject({ code })
  expect(await at.head(BRANCH)).toBeNull()
})

test.each([
  ['says that it failed', { status: 200, body: lines('unpack ok', `ng ${REF} failed to update ref`) }],
  ['says nothing that can be read', { status: 200, body: 'what' }],
  ['fails afterwards', { status: 500, body: '' }],
])('a push that arrived is a push, although the host %s', async (_, told) => {
  answer = { ...told, arrives: true }
  expect(await actor.push(BRANCH, sha, null)).toBe('pushed')
  expect(await at.head(BRANCH)).toBe(sha)
})

test('a yes about another branch is no yes about ours', async () => {
  answer = { status: 200, body: lines('unpack ok', 'ok refs/heads/main') }
  await expect(actor.push(BRANCH, sha, null)).rejects.toMatchObject({ code: 'BRANCH_PROTECTED' })
})
