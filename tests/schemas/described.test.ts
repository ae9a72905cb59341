import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Exchange } from '../../emulators/service.ts'
import { githubProblems } from './githubProblems.ts'
import { type Overseen, overseen } from './overseen.ts'
import { vercelProblems } from './vercelProblems.ts'

interface Said {
  method?: string
  path: string
  body?: unknown
  status?: number
  told?: unknown
}

const exchange = ({ method = 'GET', path, body, status = 200, told }: Said): Exchange => ({
  heard: {
    ...{ method, url: new URL(path, 'http://service'), headers: { 'user-agent': 'nightshift' } },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  },
  reply: told === undefined ? null : { status, body: JSON.stringify(told) },
})
const REPO = '/repos/acme/shop'
const REF = {
  ...{ ref: 'refs/heads/main', node_id: 'R_1', url: 'https://api.github.com/refs/heads/main' },
  object: { type: 'commit', sha: 'a'.repeat(40), url: 'https://api.github.com/commits/a' },
}
const LABELS = { path: `${REPO}/issues/1/labels`, method: 'POST' }

test.each<[string, Said]>([
  ['a call and its answer', { path: `${REPO}/git/ref/heads%2Fmain`, told: REF }],
  ['a call nothing came of', { path: `${REPO}/issues?labels=a&state=all&creator=me&per_page=100&page=1` }],
  ['a refusal any call may get', { path: `${REPO}/git/ref/x`, status: 401, told: { message: 'Bad credentials' } }],
  ['a name with slashes', { path: `${REPO}/git/ref/heads/agent/fix-1`, told: REF }],
  ['a body one of two ways', { ...LABELS, body: { labels: ['a'] } }],
])('GitHub, as described: %s', async (_, said) => {
  expect(await githubProblems(exchange(said))).toEqual([])
})

test.each<[string, Said, string]>([
  ['an operation nobody described', { path: `${REPO}/git/reff/main` }, 'is not described'],
  ['another method', { path: REPO, method: 'DELETE' }, 'is not described'],
  ['a misspelt parameter', { path: `${REPO}/issues?label=a` }, 'takes no label'],
  ['a word that is none of those', { path: `${REPO}/issues?state=merged` }, 'must be equal to one of'],
  ['a number that is none', { path: `${REPO}/issues?page=first` }, 'must be integer'],
  ['a missing body', { path: `${REPO}/git/refs`, method: 'POST' }, 'needs a body'],
  ['a missing field', { path: `${REPO}/git/refs`, method: 'POST', body: { ref: 'refs/heads/x' } }, "property 'sha'"],
  ['a misspelt field', { path: `${REPO}/pulls/1`, method: 'PATCH', body: { stat: 'closed' } }, 'stat'],
  ['a body where none is taken', { path: REPO, body: {} }, 'takes no body'],
  ['an invented field', { path: `${REPO}/git/ref/x`, told: { ...REF, head: 'x' } }, 'head'],
  ['one inside', { path: `${REPO}/git/ref/x`, told: { ...REF, object: { ...REF.object, id: 1 } } }, 'id'],
  ['a field of another type', { path: `${REPO}/git/ref/x`, told: { ...REF, node_id: 7 } }, 'must be string'],
  ['a missing answer', { path: `${REPO}/git/ref/x`, told: {} }, "property 'ref'"],
  ['a status it never has', { path: `${REPO}/git/ref/x`, status: 202, told: REF }, '202 is no answer'],
])('GitHub, not as described: %s', async (_, said, words) => {
  expect((await githubProblems(exchange(said))).join('\n')).toContain(words)
})

const QUEUED =
  'query($o: String!) { repository(owner: $o, name: "shop") { pullRequest(number: 1) { isInMergeQueue } } }'
const graphql = (query: string, variables: object, data?: unknown) =>
  githubProblems(
    exchange({ path: '/graphql', method: 'POST', body: { query, variables }, ...(data ? { told: { data } } : {}) }),
  )

test('GraphQL: what is asked and answered has the fields and types of the schema', async () => {
  const good = { repository: { pullRequest: { isInMergeQueue: true } } }
  expect(await graphql(QUEUED, { o: 'acme' }, good)).toEqual([])
  expect(await graphql(QUEUED, {}, good)).not.toEqual([])
  expect(await graphql(QUEUED.replace('isInMergeQueue', 'inQueue'), { o: 'acme' })).not.toEqual([])
  expect(await graphql(QUEUED, { o: 'acme' }, { repository: { pullRequest: {} } })).not.toEqual([])
  expect(await graphql(QUEUED, { o: 'acme' }, { repository: { pullRequest: null, id: 1 } })).not.toEqual([])
  const move = 'mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }'
  const input = { repositoryId: 'R_1', refUpdates: [{ name: 'refs/heads/main', afterOid: 'a' }] }
  expect(await graphql(move, { input }, { updateRefs: { clientMutationId: null } })).toEqual([])
  const misspelt = { input: { ...input, refUpdates: [{ ...input.refUpdates[0], before: 'b' }] } }
  expect(await graphql(move, misspelt, { updateRefs: { clientMutationId: null } })).not.toEqual([])
})

test('Vercel: what is said is as described, and what is left out is no fault', () => {
  const problems = (said: Said) => vercelProblems(exchange(said)).join('\n')
  const path = '/v13/deployments/dpl_1?teamId=team_1'
  expect(problems({ path, told: { id: 'dpl_1', readyState: 'READY' } })).toBe('')
  expect(problems({ path, told: { id: 7 } })).toContain('must be string')
  expect(problems({ path, told: { uuid: 'dpl_1' } })).toContain('uuid')
  expect(problems({ path: '/v14/deployments/dpl_1' })).toContain('is not described')
  expect(problems({ path: '/v13/deployments?force=1', method: 'POST', body: { name: 'shop' } })).toContain('no force')
  expect(problems({ path: '/v13/deployments', method: 'POST', body: { gitSource: {} } })).not.toBe('')
})

test('whoever closes an overseen service hears of everything that was not as described', async () => {
  const closed: string[] = []
  const service: Overseen = { watchers: [], close: async () => void closed.push('closed') }
  const watched = overseen('It', service, ({ heard }) => (heard.url.pathname === '/good' ? [] : ['bad']))
  watched.watchers[0]!(exchange({ path: '/good' }))
  await watched.close()
  watched.watchers[0]!(exchange({ path: '/bad' }))
  await expect(watched.close()).rejects.toThrow('It is not as described:\nbad')
  expect(closed).toHaveLength(2)
})

/** About pages and calls of setting up, which nobody describes. */
const SETTING_UP = [
  'tests/browser/setup.test.ts',
  ...['tests/doctor/connectVercel.test.ts', 'tests/doctor/manifest.test.ts'],
]

test('no test starts such a service but as described', () => {
  const root = join(import.meta.dirname, '../..')
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'tests/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  })
  const started = /import \{[^}]*\b(?:emulateGithub|startVercel)\b/
  const starting = files.split('\n').filter((path) => path && started.test(readFileSync(join(root, path), 'utf8')))
  expect(starting).toEqual([...SETTING_UP, 'tests/schemas/github.ts', 'tests/schemas/vercel.ts'])
})
