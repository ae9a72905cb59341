import { afterEach, expect, test, vi } from 'vitest'
import { passedOn } from '../../cli/env.ts'
import { worldLine } from '../../lib/adapters/index.ts'
import { AUTH_SETTINGS, parseAuth } from '../../lib/config/auth.ts'
import type { Config } from '../../lib/config.ts'

const ENOUGH = {
  AUTH: 'supabase',
  AUTH_SUPABASE_URL: 'https://abcdefghijklmnop.supabase.co/',
  AUTH_SUPABASE_KEY: 'sb_publishable_abc',
  OWNER_EMAIL: ' Ada@Example.com ',
}

test('without a word it is the owner’s password', () => {
  expect(parseAuth({})).toEqual({ choice: { kind: 'owner' }, problems: [] })
})

test('with accounts nobody comes in uninvited, unless that was said', () => {
  expect(parseAuth(ENOUGH)).toEqual({
    problems: [],
    choice: {
      ...{ kind: 'supabase', url: 'https://abcdefghijklmnop.supabase.co', key: 'sb_publishable_abc' },
      ...{ issuer: 'https://abcdefghijklmnop.supabase.co/auth/v1', ownerEmail: 'ada@example.com' },
      ...{ signup: 'invitation', github: true },
    },
  })
  expect(parseAuth({ ...ENOUGH, SIGNUP: 'open', AUTH_GITHUB: 'off' }).choice).toMatchObject({
    ...{ signup: 'open', github: false },
  })
})

test('everything that is missing is listed at once', () => {
  const { choice, problems } = parseAuth({ AUTH: 'supabase' })
  expect(choice).toBeNull()
  expect(problems.map((line) => line.split(':')[0])).toEqual(['AUTH_SUPABASE_URL', 'AUTH_SUPABASE_KEY', 'OWNER_EMAIL'])
})

const legacy = (role: string) => `x.${Buffer.from(JSON.stringify({ role })).toString('base64url')}.y`

test.each([
  ['another way in', { AUTH: 'open' }, 'AUTH'],
  ['in clear, elsewhere', { AUTH_SUPABASE_URL: 'http://auth.example.com' }, 'AUTH_SUPABASE_URL'],
  ['no address', { AUTH_SUPABASE_URL: 'auth' }, 'AUTH_SUPABASE_URL'],
  ['a secret key', { AUTH_SUPABASE_KEY: 'sb_secret_abc' }, 'AUTH_SUPABASE_KEY'],
  ['an old secret key', { AUTH_SUPABASE_KEY: legacy('service_role') }, 'AUTH_SUPABASE_KEY'],
  ['an owner without an address', { OWNER_EMAIL: 'Ada' }, 'OWNER_EMAIL'],
  ['a sign-up nobody knows', { SIGNUP: 'yes' }, 'SIGNUP'],
  ['a switch nobody knows', { AUTH_GITHUB: '1' }, 'AUTH_GITHUB'],
])('%s is refused by its name', (_, more, name) => {
  const { choice, problems } = parseAuth({ ...ENOUGH, ...more })
  expect(choice).toBeNull()
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(new RegExp(`^${name}: `))
  expect(problems[0]).not.toContain('sb_secret_abc')
})

test('an old publishable key is one', () => {
  expect(parseAuth({ ...ENOUGH, AUTH_SUPABASE_KEY: legacy('anon') }).problems).toEqual([])
})

afterEach(() => {
  vi.unstubAllEnvs()
})

test('a start hands every setting on to the server, where accounts were chosen', () => {
  for (const name of AUTH_SETTINGS) vi.stubEnv(name, name === 'AUTH' ? 'owner' : 'x')
  const others = { model: [], code: [], deploy: [], notify: [] }
  expect(passedOn(others)).toEqual({ AUTH: 'owner' })
  vi.stubEnv('AUTH', 'supabase')
  expect(Object.keys(passedOn(others)).toSorted()).toEqual(AUTH_SETTINGS.toSorted())
})

test('the boot line says the choice', () => {
  const line = (env: object) =>
    worldLine({
      ...{
        world: 'local',
        sql: { kind: 'postgres' },
        sentry: null,
        code: { kind: 'git' },
        model: null,
        sandbox: { kind: 'bubblewrap' },
      },
      ...{ deploy: { kind: 'process' }, notify: { slack: null, email: null }, auth: parseAuth({ ...env }).choice },
    } as unknown as Config)
  expect(line({})).toMatch(/ people=owner$/)
  expect(line(ENOUGH)).toMatch(/ people=supabase$/)
  expect(line({ ...ENOUGH, SIGNUP: 'open' })).toMatch(/ people=supabase,open$/)
})
