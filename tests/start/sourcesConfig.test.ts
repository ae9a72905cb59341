import { afterEach, expect, test, vi } from 'vitest'
import { passedOn } from '../../cli/env.ts'
import { worldLine } from '../../lib/adapters/index.ts'
import { parseSources } from '../../lib/config/sources.ts'
import { type Config, parseConfig } from '../../lib/config.ts'
import { Settings } from '../../lib/domain/project.ts'

const FULL = {
  SOURCES: 'sdk,sentry',
  SENTRY_ORG: 'acme',
  SENTRY_TOKEN: 'reader-token-of-acme',
  SENTRY_CLIENT_SECRET: 'the secret of the integration',
}
const sentry = {
  ...{ url: 'https://us.sentry.io', org: 'acme', token: 'reader-token-of-acme', writeToken: null },
  clientSecret: 'the secret of the integration',
}
afterEach(() => vi.unstubAllEnvs())

test.each<[string, Record<string, string | undefined>]>([
  ['nothing said', {}],
  ['nothing but SDKs', { SOURCES: 'sdk' }],
  ['an empty setting', { SOURCES: ' ' }],
  ['settings that nobody chose', { ...FULL, SOURCES: undefined }],
])('%s is no Sentry', (_, env) => expect(parseSources(env)).toEqual({ sentry: null, supabase: null, problems: [] }))

test('what is chosen, with and without a token that writes', () => {
  expect(parseSources(FULL)).toEqual({ sentry, supabase: null, problems: [] })
  const own = { ...FULL, SENTRY_BASE_URL: 'https://sentry.example.com/', SENTRY_WRITE_TOKEN: 'writer-token' }
  expect(parseSources({ ...own, SOURCES: ' sentry , sdk ' }).sentry).toEqual({
    ...{ ...sentry, url: 'https://sentry.example.com', writeToken: 'writer-token' },
  })
  expect(parseSources({ ...FULL, SENTRY_WRITE_TOKEN: ' ' }).sentry?.writeToken).toBeNull()
})

test('everything that is missing is said at once, with what else is', () => {
  expect(parseSources({ SOURCES: 'sdk,sentry' }).problems.map((line) => line.split(':')[0])).toEqual([
    'SENTRY_ORG',
    'SENTRY_TOKEN',
    'SENTRY_CLIENT_SECRET',
  ])
  expect(() => parseConfig({ SOURCES: 'sdk,sentry' })).toThrow(/DATABASE_URL.*SENTRY_ORG.*SENTRY_CLIENT_SECRET/s)
})

test.each<[Record<string, string>, RegExp]>([
  [{ SOURCES: 'sdk,bugsnag' }, /^SOURCES: "bugsnag" is none of/],
  [{ ...FULL, SOURCES: 'sentry' }, /^SOURCES: sdk is always/],
  [{ ...FULL, SENTRY_ORG: 'Acme Inc' }, /^SENTRY_ORG: not an organization/],
  [{ ...FULL, SENTRY_ORG: '../x' }, /^SENTRY_ORG/],
  [{ ...FULL, SENTRY_BASE_URL: 'http://sentry.example.com' }, /^SENTRY_BASE_URL: .*not https/],
  [{ ...FULL, SENTRY_BASE_URL: 'https://us.sentry.io/api/0/' }, /^SENTRY_BASE_URL: the address alone/],
  [{ ...FULL, SENTRY_BASE_URL: 'sentry' }, /^SENTRY_BASE_URL/],
  [{ ...FULL, SENTRY_TOKEN: 'sntrys_abcdefgh' }, /^SENTRY_TOKEN: an organization’s token cannot/],
  [{ ...FULL, SENTRY_TOKEN: 'with a\nnew line' }, /^SENTRY_TOKEN: not a token/],
  [{ ...FULL, SENTRY_CLIENT_SECRET: 'short' }, /^SENTRY_CLIENT_SECRET: shorter/],
])('%j is refused', (env, said) => {
  const { problems } = parseSources(env)
  expect(problems).toEqual([expect.stringMatching(said)])
  expect(problems.join()).not.toContain(env.SENTRY_TOKEN ?? 'no token')
})

const ELSEWHERE = {
  sql: { kind: 'postgres' },
  deploy: { kind: 'process' },
  code: { kind: 'git' },
  notify: {},
  model: null,
  auth: { kind: 'owner' },
}

test('the line at boot names it', () => {
  const line = (chosen: Config['sentry']) =>
    worldLine({ ...ELSEWHERE, world: 'local', sandbox: { kind: 'bubblewrap' }, sentry: chosen } as unknown as Config)
  expect(line(null)).toContain(' sources=sentry-sdk code=')
  expect(line(sentry)).toContain(' sources=sentry-sdk,sentry code=')
})

test('a start hands its login on only where it was chosen', () => {
  for (const [name, value] of Object.entries({ ...FULL, SOURCES: 'sdk' })) vi.stubEnv(name, value)
  expect(passedOn({ model: [], code: [], deploy: [], notify: [] })).toEqual({ SOURCES: 'sdk' })
  vi.stubEnv('SOURCES', 'sdk, sentry')
  expect(parseSources(passedOn({ model: [], code: [], deploy: [], notify: [] }))).toEqual({
    sentry,
    supabase: null,
    problems: [],
  })
})

test.each<[object | undefined, boolean]>([
  [undefined, true],
  [{ project: 'web-shop_2' }, true],
  [{ project: 'web', repository: 'acme/web.js' }, true],
  [{}, false],
  [{ project: '../web' }, false],
  [{ project: 'Web' }, false],
  [{ project: 'web', repository: 'https://github.com/acme/web' }, false],
  [{ project: 'web', token: 'x' }, false],
])('a project’s setting %j is taken: %j', (chosen, taken) => {
  expect(Settings.safeParse({ repository: '/r', app: 'a', sentry: chosen }).success).toBe(taken)
})

const READS = { SOURCES: 'sdk,supabase', SUPABASE_READ_TOKEN: 'sbp_0123456789abcdef' }
const supabase = { url: 'https://api.supabase.com', token: 'sbp_0123456789abcdef' }

test('Supabase beside Sentry or alone, each with what is its own', () => {
  expect(parseSources(READS)).toEqual({ sentry: null, supabase, problems: [] })
  const both = { ...FULL, ...READS, SOURCES: 'sdk, sentry ,supabase', SUPABASE_API_URL: 'https://api.example.com/' }
  expect(parseSources(both)).toEqual({
    ...{ sentry, supabase: { ...supabase, url: 'https://api.example.com' }, problems: [] },
  })
  expect(parseSources({ ...READS, SOURCES: 'sdk' }).supabase).toBeNull()
})

test.each<[Record<string, string | undefined>, RegExp]>([
  [{ SUPABASE_READ_TOKEN: undefined }, /^SUPABASE_READ_TOKEN: SOURCES names supabase and needs it/],
  [{ SUPABASE_READ_TOKEN: ' ' }, /^SUPABASE_READ_TOKEN: SOURCES names/],
  [{ SUPABASE_READ_TOKEN: 'sb_secret_0123456789' }, /^SUPABASE_READ_TOKEN: a project’s key/],
  [{ SUPABASE_READ_TOKEN: 'eyJhbGciOi.J9.x' }, /^SUPABASE_READ_TOKEN: a project’s key/],
  [{ SUPABASE_READ_TOKEN: 'with a\nnew line' }, /^SUPABASE_READ_TOKEN: not a token/],
  [{ SUPABASE_API_URL: 'http://api.example.com' }, /^SUPABASE_API_URL: .*not https/],
  [{ SUPABASE_API_URL: 'supabase' }, /^SUPABASE_API_URL: not an address/],
])('%j is refused', (env, said) => {
  const { supabase: chosen, problems } = parseSources({ ...READS, ...env })
  expect(chosen).toBeNull()
  expect(problems).toEqual([expect.stringMatching(said)])
})

test('Supabase is named at boot, and its token handed on only where it was chosen', () => {
  const line = worldLine({ ...ELSEWHERE, sandbox: { kind: 'bubblewrap' }, sentry, supabase } as unknown as Config)
  expect(line).toContain(' sources=sentry-sdk,sentry,supabase ')
  for (const [name, value] of Object.entries({ ...READS, SOURCES: 'sdk' })) vi.stubEnv(name, value)
  expect(passedOn({ model: [], code: [], deploy: [], notify: [] })).toEqual({ SOURCES: 'sdk' })
  vi.stubEnv('SOURCES', 'sdk, supabase')
  expect(parseSources(passedOn({ model: [], code: [], deploy: [], notify: [] })).supabase).toEqual(supabase)
})

test('a project names its project in Supabase by its reference', () => {
  const takes = (chosen: object) => Settings.safeParse({ repository: '/r', app: 'a', supabase: chosen }).success
  expect(['abcdefghijklmnopqrst', 'abc', '../xxxxxxxxxxxxxxxxx', ''].map((ref) => takes({ ref }))).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(takes({ ref: 'abcdefghijklmnopqrst', token: 'x' })).toBe(false)
})
