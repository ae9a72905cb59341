import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { VERBS, type VerbName } from '../../lib/actions/control.ts'
import { type ADesk, openDesk } from './desk.ts'
import { everything, send, someone } from './people.ts'
import { fixId, seedProject } from './seed.ts'

const BUILD = resolve(import.meta.dirname, '../../.next')
const built = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(BUILD, file), 'utf8'))

let desk: ADesk
/** Every decision there is, and the round of the agents that a person may ask for. */
type Verb = VerbName | 'tick'
let bodies: Record<Verb, object>
let cookies: Record<'viewer' | 'operator' | 'owner', string>

beforeAll(async () => {
  desk = await openDesk()
  const { issues } = await seedProject(desk.sql, desk.admin, {}, ['proven', 'cured'])
  const [fix] = await desk.sql<
    { id: string; tree: string }[]
  >`select id, tree from fixes where id = ${fixId(issues.proven, 1)}`
  const [project] = await desk.sql<{ policy: object }[]>`select policy from projects`
  const [release] = await desk.sql<{ id: number }[]>`select id from releases where issue = ${issues.cured}`
  const about = { project: 'clinic' }
  bodies = {
    pause: about,
    resume: about,
    approve: { fix: fix?.id, tree: fix?.tree, target: 'production', policyVersion: 1 },
    reject: { fix: fix?.id, why: 'no' },
    rollback: { release: release?.id, why: 'no' },
    level: { ...about, level: 1, policyVersion: 1 },
    policy: { ...about, policy: project?.policy, capPerDay: 3, policyVersion: 1 },
    link: { slackId: 'U0ADA' },
    settings: { ...about, settings: { repository: '/r', app: 'a' }, seen: '0'.repeat(32) },
    project: { slug: 'further', name: 'Further', settings: { repository: '/r', app: 'a' } },
    connect: { ...about, what: 'forget' },
    invite: { email: 'ada@example.com', role: 'viewer', projects: ['clinic'] },
    uninvite: { invitation: 1 },
    role: { person: 1, role: 'owner', projects: [] },
    remove: { person: 1 },
    tick: { agent: 'implementer' },
  }
  const cookie = async (role: 'viewer' | 'operator' | 'owner') => (await someone(desk, role)).cookie
  cookies = { viewer: await cookie('viewer'), operator: await cookie('operator'), owner: await cookie('owner') }
})
afterAll(() => desk.close())

/** What can change something, by what it takes to be let in. A route that is new and not here fails the first test. */
const MUTATING: Record<string, { methods: string[]; stranger: number }> = {
  '/api/control/[verb]': { methods: ['POST'], stranger: 403 },
  '/api/control/tick': { methods: ['POST'], stranger: 403 },
  '/api/control/setup/github': { methods: ['POST'], stranger: 403 },
  '/api/control/setup/vercel': { methods: ['POST'], stranger: 403 },
  // A clock that can only GET drives the agents too.
  '/api/cron/[agent]': { methods: ['GET', 'POST'], stranger: 401 },
  // As everywhere where Slack is not set up; with it a stranger's request is 401.
  '/api/slack/command': { methods: ['POST'], stranger: 404 },
  '/api/slack/interactive': { methods: ['POST'], stranger: 404 },
  // Without the secret of a code host nobody is listened to.
  '/api/webhooks/github': { methods: ['POST'], stranger: 404 },
  '/ingest/api/[project]/envelope': { methods: ['POST'], stranger: 403 },
  // Nobody set them up here; where somebody did, a stranger gets 401.
  '/api/drains/vercel': { methods: ['POST'], stranger: 404 },
  '/api/webhooks/vercel': { methods: ['POST'], stranger: 404 },
  '/api/webhooks/sentry': { methods: ['POST'], stranger: 404 },
}
/** What may be read with a session or the token. */
const READ = [
  '/api/control/audit',
  '/api/control/doctor',
  '/api/control/git',
  '/api/control/report',
  '/api/control/setup',
  '/api/control/show/[issue]',
  '/api/control/status',
  '/api/control/why/[release]',
]
/** What is there where people sign in with accounts; with the owner's password it is not. */
const ACCOUNTS = ['/auth/callback', '/auth/github']
/** What anybody may read. */
const OPEN = ['/api/health', '/api/health/live', '/icon.svg']
/** Where Vercel looks first whether an address is ours. */
const LOOKED_AT = ['/api/drains/vercel']

const handlers = (): string[] =>
  Object.entries(built('app-path-routes-manifest.json'))
    .filter(([file]) => file.endsWith('/route'))
    .map(([, path]) => String(path))

const ask = async (path: string, method: string): Promise<number> => {
  const at = path
    .replace('[agent]', 'watcher')
    .replace('[verb]', 'pause')
    .replace(/\[\w+\]/, '1')
  const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
  const answer = await fetch(`${desk.stack.url}${at}`, { method, redirect: 'manual', ...body })
  await answer.arrayBuffer()
  return answer.status
}

test('every route of the build that can change something is known, and lets no stranger in', async () => {
  expect(handlers()).toEqual(expect.arrayContaining(Object.keys(MUTATING)))
  const before = await everything(desk)
  for (const path of handlers())
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const known = MUTATING[path]?.methods.includes(method)
      expect([path, method, await ask(path, method)]).toEqual([path, method, known ? MUTATING[path]?.stranger : 405])
    }
  expect(await everything(desk)).toBe(before)
})

test('whatever can be read needs a session, or is open on purpose', async () => {
  expect(handlers().toSorted()).toEqual([...Object.keys(MUTATING), ...READ, ...OPEN, ...ACCOUNTS].toSorted())
  for (const path of handlers()) {
    const status = await ask(path, 'GET')
    const expected = [...OPEN, ...LOOKED_AT].includes(path) ? [200] : ACCOUNTS.includes(path) ? [404] : [401, 405]
    expect({ path, status, is: expected.includes(status) }).toEqual({ path, status, is: true })
  }
})

test('the only actions of pages are signing in and out, and choosing one’s password, and a foreign page cannot call them', async () => {
  const { node } = built('server/server-reference-manifest.json') as { node: Record<string, { exportedName: string }> }
  expect(
    Object.values(node)
      .map(({ exportedName }) => exportedName)
      .sort(),
  ).toEqual(['choosePassword', 'enter', 'openLink', 'signOut', 'submitPassword'])
  for (const id of Object.keys(node)) {
    const headers = { 'next-action': id, origin: 'https://elsewhere.example', 'content-type': 'text/plain' }
    const answer = await fetch(`${desk.stack.url}/login`, { method: 'POST', headers, body: '[]', redirect: 'manual' })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.headers.get('set-cookie')).toBeNull()
  }
})

type Headers = Record<string, string | null>
const verbs = [...(Object.keys(VERBS) as VerbName[]), 'tick'] satisfies Verb[]

/** Everything that has to be refused whatever the verb is: by whom or how it is sent, and the status it gets. */
const REFUSED: [how: string, headers: () => Headers, status: number, more?: { method?: string; body?: string }][] = [
  ['no session', () => ({}), 401],
  [
    'no session, and the header that once skipped middleware',
    () => ({ 'x-middleware-subrequest': 'proxy:proxy:proxy' }),
    401,
  ],
  ['a seal of somebody else', () => ({ cookie: 'nightshift=Fe26.2*1*aa*bb*cc*1999999999999*dd*ee~2' }), 401],
  ['a session, no origin', () => ({ cookie: cookies.owner, origin: null }), 403],
  ['a session, a foreign origin', () => ({ cookie: cookies.owner, origin: 'https://elsewhere.example' }), 403],
  ['a session, another port of this host', () => ({ cookie: cookies.owner, origin: 'http://localhost:1' }), 403],
  [
    'a session, an origin that begins like ours',
    () => ({ cookie: cookies.owner, origin: `${desk.stack.url}.example` }),
    403,
  ],
  ['a session, the origin null', () => ({ cookie: cookies.owner, origin: 'null' }), 403],
  ['a session, JSON as plain text', () => ({ cookie: cookies.owner, 'content-type': 'text/plain' }), 403],
  [
    'a session, JSON by its beginning only',
    () => ({ cookie: cookies.owner, 'content-type': 'application/jsonp' }),
    403,
  ],
  [
    'a session, a form',
    () => ({ cookie: cookies.owner, 'content-type': 'application/x-www-form-urlencoded' }),
    403,
    { body: 'project=clinic' },
  ],
  ['a session, no body type', () => ({ cookie: cookies.owner, 'content-type': '' }), 403],
  ['GET with a session', () => ({ cookie: cookies.owner }), 405, { method: 'GET' }],
  ['HEAD with a session', () => ({ cookie: cookies.owner }), 405, { method: 'HEAD' }],
  ['PUT with a session', () => ({ cookie: cookies.owner }), 405, { method: 'PUT' }],
  ['PATCH with a session', () => ({ cookie: cookies.owner }), 405, { method: 'PATCH' }],
  ['DELETE with a session', () => ({ cookie: cookies.owner }), 405, { method: 'DELETE' }],
  ['a wrong token', () => ({ authorization: 'Bearer 0123456789abcdef', cookie: cookies.owner }), 401],
  ['an empty token', () => ({ authorization: 'Bearer ' }), 401],
  ['the agents’ secret', () => ({ authorization: `Bearer ${desk.stack.secrets.cronSecret}` }), 401],
  ['the session’s secret', () => ({ authorization: `Bearer ${desk.stack.secrets.sessionSecret}` }), 401],
  ['a viewer’s session', () => ({ cookie: cookies.viewer }), 403],
  ['a session, no key', () => ({ cookie: cookies.owner, 'idempotency-key': null }), 400],
  ['a session, a key that is none', () => ({ cookie: cookies.owner, 'idempotency-key': 'a b' }), 400],
  [
    'a token, no key',
    () => ({ authorization: `Bearer ${desk.stack.secrets.controlToken}`, 'idempotency-key': null }),
    400,
  ],
  ['a session, a body that is not JSON', () => ({ cookie: cookies.owner }), 400, { body: '{' }],
  ['a session, a body nobody knows', () => ({ cookie: cookies.owner }), 400, { body: '{"admin":true}' }],
  ['a session, a body that is too long', () => ({ cookie: cookies.owner }), 400, { body: `"${'x'.repeat(70_000)}"` }],
]

test.each(verbs)('%s: whoever may not is refused with the right status, and nothing changes', async (verb) => {
  const before = await everything(desk)
  for (const [how, headers, status, more] of REFUSED) {
    const answer = await send(desk, { verb, body: bodies[verb], ...more, headers: headers() })
    expect([how, answer.status, answer.body.ok ?? false]).toEqual([how, status, false])
  }
  expect(await everything(desk)).toBe(before)
})

const OWNERS = [
  ...(['level', 'policy', 'link', 'settings', 'project', 'connect'] as const),
  ...(['invite', 'uninvite', 'role', 'remove'] as const),
] as const

test('an operator decides all but level, policy, settings, people and what is shown to git hosts', async () => {
  const before = await everything(desk)
  for (const verb of OWNERS)
    expect(await send(desk, { verb, body: bodies[verb], headers: { cookie: cookies.operator } })).toMatchObject({
      status: 403,
      body: { code: 'ROLE_TOO_LOW' },
    })
  expect(await everything(desk)).toBe(before)
})

test.each(['x', 'constructor', '__proto__', 'toString', 'PAUSE'])('%s is no verb', async (verb) => {
  const before = await everything(desk)
  expect((await send(desk, { verb, body: bodies.pause, headers: { cookie: cookies.owner } })).status).toBe(404)
  expect(await everything(desk)).toBe(before)
})

test.each<[Verb, number]>([
  ['tick', 200],
  ['pause', 200],
  ['resume', 428],
  ['approve', 200],
  ['reject', 200],
  ['rollback', 200],
])('an operator may %s', async (verb, status) => {
  expect((await send(desk, { verb, body: bodies[verb], headers: { cookie: cookies.operator } })).status).toBe(status)
})

test.each<[VerbName, number]>([
  ['policy', 428],
  ['link', 428],
  ['settings', 428],
  ['project', 428],
  ['connect', 428],
  ['level', 200],
])('an owner may %s', async (verb, status) => {
  expect((await send(desk, { verb, body: bodies[verb], headers: { cookie: cookies.owner } })).status).toBe(status)
})

test('the command line’s token acts as the owner, from anywhere', async () => {
  const headers = { authorization: `Bearer ${desk.stack.secrets.controlToken}`, origin: null }
  const answer = await send(desk, { verb: 'pause', body: bodies.pause, headers })
  expect(answer).toMatchObject({ status: 200, body: { ok: true, state: 'paused', answer: 'already' } })
})
