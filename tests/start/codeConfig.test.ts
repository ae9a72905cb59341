import { generateKeyPairSync } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { passedOn } from '../../cli/env.ts'
import { CODE_SETTINGS, parseCode } from '../../lib/config/code.ts'
import { parseEncryption } from '../../lib/config/encryption.ts'
import { parseConfig } from '../../lib/config.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const APP = { CODE: 'github', GITHUB_APP_ID: '4711', GITHUB_PRIVATE_KEY: pkcs1 }

test('git is the default, and nothing is said of what was not chosen', () => {
  const choice = { kind: 'git', program: null, token: null, cafile: null, proxy: null }
  expect(parseCode({})).toEqual({ choice, problems: [] })
  expect(parseCode({ CODE: '', GITHUB_APP_ID: 'x', GITHUB_API_URL: 'x' })).toEqual({ choice, problems: [] })
})

test.each([
  ['as GitHub hands it out', pkcs1],
  ['as PKCS#8', pkcs8],
  ['on one line', pkcs1.replaceAll('\n', '\\n')],
])('a key %s becomes one form', (_, key) => {
  expect(parseCode({ ...APP, GITHUB_PRIVATE_KEY: key })).toEqual({
    choice: {
      kind: 'github',
      apiUrl: 'https://api.github.com',
      webhookSecret: null,
      login: { kind: 'app', appId: 4711, privateKey: pkcs8 },
    },
    problems: [],
  })
})

test('a token, an address of one’s own and a secret', () => {
  const given = { CODE: 'github', GITHUB_TOKEN: 'github_pat_x', GITHUB_API_URL: 'https://git.example.com/api/v3/' }
  expect(parseCode({ ...given, GITHUB_WEBHOOK_SECRET: 's'.repeat(16) }).choice).toEqual({
    ...{ kind: 'github', apiUrl: 'https://git.example.com/api/v3', webhookSecret: 's'.repeat(16) },
    login: { kind: 'token', token: 'github_pat_x' },
  })
})

test('everything that is missing is listed at once', () => {
  const { choice, problems } = parseCode({
    CODE: 'github',
    GITHUB_WEBHOOK_SECRET: 'short',
    GITHUB_API_URL: 'http://git.example.com',
  })
  expect(choice).toBeNull()
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'GITHUB_WEBHOOK_SECRET',
    'GITHUB_APP_ID',
    'GITHUB_PRIVATE_KEY',
    'GITHUB_API_URL',
  ])
  expect(() => parseConfig({ CODE: 'github' })).toThrow(/DATABASE_URL.*GITHUB_APP_ID.*GITHUB_PRIVATE_KEY/s)
})

test.each([
  ['another host', { CODE: 'svn' }, 'CODE'],
  ['an id that is no number', { ...APP, GITHUB_APP_ID: 'Iv1.abc' }, 'GITHUB_APP_ID'],
  ['half a key', { ...APP, GITHUB_PRIVATE_KEY: pkcs1.slice(0, 200) }, 'GITHUB_PRIVATE_KEY'],
  [
    'a key of another kind',
    {
      ...APP,
      GITHUB_PRIVATE_KEY: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    },
    'GITHUB_PRIVATE_KEY',
  ],
  ['two logins', { ...APP, GITHUB_TOKEN: 't' }, 'GITHUB_TOKEN'],
  ['credentials in the address', { ...APP, GITHUB_API_URL: 'https://me:secret@git.example.com' }, 'GITHUB_API_URL'],
])('%s is refused, and no message holds a secret', (_, env, named) => {
  const { choice, problems } = parseCode(env)
  expect(choice).toBeNull()
  expect(problems.join()).toContain(named)
  expect(problems.join()).not.toMatch(/secret@|PRIVATE KEY-|MII/)
})

afterEach(() => vi.unstubAllEnvs())

test('a start hands credentials on with their choice alone', () => {
  for (const [name, value] of Object.entries({ ...APP, CODE: '' })) vi.stubEnv(name, value)
  expect(passedOn({ model: [], code: CODE_SETTINGS, deploy: [], notify: [] })).not.toHaveProperty('GITHUB_PRIVATE_KEY')
  vi.stubEnv('CODE', 'github')
  expect(passedOn({ model: [], code: CODE_SETTINGS, deploy: [], notify: [] })).toMatchObject(APP)
})

test('git’s own settings: a token has a host, and what reads may have its own', () => {
  const given = { GIT_TOKEN: 'glpat-x', GIT_HOST: 'git.example.com', GIT_READ_TOKEN: 'r', GIT_CAFILE: '/ca.pem' }
  expect(parseCode({ ...given, GIT: 'binary', GIT_PROXY: 'http://proxy:3128' }).choice).toEqual({
    ...{ kind: 'git', program: 'binary', cafile: '/ca.pem', proxy: 'http://proxy:3128' },
    token: { host: 'git.example.com', user: 'oauth2', write: 'glpat-x', read: 'r' },
  })
  expect(parseCode({ GIT_TOKEN: 'x', GIT_HOST: 'github.com' }).choice).toMatchObject({
    token: { user: 'x-access-token' },
  })
})

test.each([
  ['a token for nobody', { GIT_TOKEN: 'secret' }, 'GIT_HOST'],
  ['a scheme', { GIT_TOKEN: 'secret', GIT_HOST: 'https://git.example.com' }, 'GIT_HOST'],
  ['two lines', { GIT_TOKEN: 'secret\nX-Evil: 1', GIT_HOST: 'git.example.com' }, 'GIT_TOKEN'],
  ['reading alone', { GIT_READ_TOKEN: 'secret' }, 'GIT_TOKEN'],
  ['another program', { GIT: 'svn' }, 'GIT'],
  ['a proxy nothing would go through', { GIT: 'isomorphic', GIT_PROXY: 'http://secret:3128' }, 'GIT_PROXY'],
])('of git’s settings %s is refused, and no message holds a secret', (_, env, named) => {
  const { choice, problems } = parseCode(env)
  expect(choice).toBeNull()
  expect(problems.join()).toContain(named)
  expect(problems.join()).not.toContain('secret')
})

test('encryption keys come in base64 or hex, several at once, and the first seals', () => {
  const env = { ENCRYPTION_KEY: `${'ab'.repeat(32)}, ${Buffer.alloc(32, 7).toString('base64')}` }
  expect(parseEncryption(env).keys.map(({ key }) => key.length)).toEqual([32, 32])
  expect(parseEncryption({}).keys).toEqual([])
  expect(parseEncryption({ ENCRYPTION_KEY: 'short' }).problems).toHaveLength(1)
})

test('GitLab: a token, an instance of one’s own, and what is missing', () => {
  expect(parseCode({ CODE: 'gitlab', GITLAB_TOKEN: 'glpat-x', GITLAB_URL: 'https://git.example.com/' }).choice).toEqual(
    {
      ...{ kind: 'gitlab', url: 'https://git.example.com', login: { write: 'glpat-x', read: null } },
      ...{ program: null, token: null, cafile: null, proxy: null },
    },
  )
  expect(parseCode({ CODE: 'gitlab' }).problems).toEqual(['GITLAB_TOKEN: CODE=gitlab needs it'])
  const evil = { CODE: 'gitlab', GITLAB_TOKEN: 'x', GITLAB_URL: 'https://me:secret@git.example.com' }
  expect(parseCode(evil).problems.join()).toMatch(/^GITLAB_URL/)
  expect(parseCode(evil).problems.join()).not.toContain('secret')
  for (const [name, value] of Object.entries({
    CODE: 'gitlab',
    GITLAB_TOKEN: 'x',
    GITHUB_TOKEN: 'y',
    GIT_CAFILE: '/z',
  }))
    vi.stubEnv(name, value)
  const handed = passedOn({ model: [], code: CODE_SETTINGS, deploy: [], notify: [] })
  expect(handed).toMatchObject({ GITLAB_TOKEN: 'x', GIT_CAFILE: '/z' })
  expect(handed).not.toHaveProperty('GITHUB_TOKEN')
})
