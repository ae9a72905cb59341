import { generateKeyPairSync } from 'node:crypto'
import { afterEach, expect, test, vi } from 'vitest'
import { passedOn } from '../../cli/env.ts'
import { CODE_SETTINGS, parseCode } from '../../lib/config/code.ts'
import { parseConfig } from '../../lib/config.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const APP = { CODE: 'github', GITHUB_APP_ID: '4711', GITHUB_PRIVATE_KEY: pkcs1 }

test('git is the default, and nothing is said of what was not chosen', () => {
  expect(parseCode({})).toEqual({ choice: { kind: 'git' }, problems: [] })
  expect(parseCode({ CODE: '', GITHUB_APP_ID: 'x', GITHUB_API_URL: 'x' })).toEqual({
    choice: { kind: 'git' },
    problems: [],
  })
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
  ['another host', { CODE: 'gitlab' }, 'CODE'],
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
