import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { inWords } from '../../cli/doctor/check.ts'
import { serverChecks } from '../../cli/doctor/server.ts'
import { type FreshDatabase, freshDatabase } from '../harness.ts'

/** What `nightshift doctor` says of a server, in the words people read: a server that answers as it is told to. */
const TOKEN = 'a-token-nobody-may-see'
let db: FreshDatabase
let server: Server
let url: string
let asked: string[]
let answers: Record<string, { status?: number; body: unknown }>
beforeAll(async () => {
  db = await freshDatabase()
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace('/api/control/', '')
    asked.push(path)
    const { status = 200, body } = answers[path] ?? answers[path.split('?')[0]!] ?? { status: 404, body: null }
    const known = request.headers.authorization === `Bearer ${TOKEN}`
    response.writeHead(known ? status : 401, { 'content-type': 'application/json' })
    response.end(JSON.stringify(known ? body : REFUSED))
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await db.drop()
})

const REFUSED = { ok: false, code: 'NOT_ALLOWED', sentence: 'You may not.', detail: '', remedy: 'Give its token.' }
const status = (more: object = {}) => ({
  body: { killSwitch: false, database: { problem: null }, projects: [], ...more },
})
beforeEach(() => {
  asked = []
  answers = { status: status(), doctor: { body: { areas: [] } } }
  vi.stubEnv('NIGHTSHIFT_TOKEN', TOKEN)
  vi.stubEnv('DATABASE_URL', '')
})
afterEach(() => vi.unstubAllEnvs())
const said = async (at = url, slug?: string) => (await serverChecks({ url: at, slug, elsewhere: false })).map(inWords)

test('a server that answers, with nothing wrong', async () => {
  expect(await said()).toEqual([
    `✓ server: it answers at ${url}, 0 project(s)`,
    '✓ database: its login owns nothing and cannot rewrite the audit',
    '✓ kill switch: it is off',
  ])
})

test('a login that could rewrite the audit fails, and a kill switch somebody forgot is worth a line', async () => {
  answers.status = status({ killSwitch: true, database: { problem: 'role postgres is a superuser' } })
  expect((await said()).slice(1)).toEqual([
    '✗ database: role postgres is a superuser; it must log in as nightshift_app',
    '– kill switch: it is on: nothing leaves. Start without KILL_SWITCH=on to go on',
  ])
})

test('what the server found is told with its area, its project and what to do', async () => {
  const looks = [
    { state: 'fails', name: 'branch staging', detail: 'it is not there', todo: 'Make it.', project: 'shop' },
    { state: 'note', name: 'clock', detail: 'it is off', project: null },
  ]
  answers.doctor = { body: { areas: [{ area: 'code', looks }] } }
  expect((await said(url, 'a shop')).slice(3)).toEqual([
    '✗ code of shop: branch staging: it is not there. Make it.',
    '– code: clock: it is off',
  ])
  expect(asked).toContain('doctor?project=a%20shop')
})

test.each([
  ['failed to', { status: 500, body: null }, /^✗ connections: Nightshift at .* failed \(status 500\): see its log\.$/],
  ['would not', { body: REFUSED }, /^✗ connections: You may not\. Give its token\.$/],
])('a server that %s look: nothing that was not looked at is well', async (_, answer, words) => {
  answers.doctor = answer
  expect((await said()).slice(3)).toEqual([expect.stringMatching(words)])
})

test('an audit that cannot be verified fails, and does not hide the rest', async () => {
  answers.status = status({ projects: [{ project: 'shop' }] })
  const all = await said()
  expect(all).toHaveLength(4)
  expect(all[3]).toMatch(/^✗ audit of shop: /)
})

test('a token the server does not know is its refusal, in its words, without the token', async () => {
  vi.stubEnv('NIGHTSHIFT_TOKEN', 'another-token-of-somebody')
  const [only, ...others] = await said()
  expect([only, others]).toEqual([expect.stringMatching(/^✗ server: .*You may not\..*Give its token\./), []])
  expect(only).not.toContain('another-token')
})

test.each([
  [
    'nobody is there',
    'http://127.0.0.1:9',
    /^– server: Nightshift does not answer at http:\/\/127\.0\.0\.1:9\. Start it/,
  ],
  ['no address', 'ftp://x', /^– server: The address of Nightshift is http:\/\//],
  ['a login in it', 'http://ada:hunter2@127.0.0.1:9', /^– server: The address of Nightshift is(?!.*hunter2)/],
])('not running is no illness: %s', async (_, at, words) => {
  expect(await said(at)).toEqual([
    expect.stringMatching(words),
    '– database: not looked at: no server, and DATABASE_URL names none',
  ])
})

test('what is no Nightshift is said', async () => {
  answers.status = { status: 404, body: null }
  expect((await said())[0]).toMatch(/^– server: What answers at .* is not Nightshift \(status 404\)/)
})

test('without a server the database that is named is asked itself', async () => {
  const without = async (address: string) => {
    vi.stubEnv('DATABASE_URL', address)
    return (await said('http://127.0.0.1:9')).slice(1)
  }
  expect(await without(db.url)).toEqual(['✓ database: the login owns nothing'])
  expect((await without(db.adminUrl))[0]).toMatch(/^✗ database: .*; use nightshift_app$/)
  const [away] = await without('postgres://nightshift_app:hunter2@127.0.0.1:9/nightshift')
  expect(away).toMatch(/^✗ database: it does not answer: /)
  expect(away).not.toContain('hunter2')
  expect((await without('mysql://x'))[0]).toMatch(/^✗ database: /)
})
