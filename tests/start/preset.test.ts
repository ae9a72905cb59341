import { expect, test } from 'vitest'
import { worldLine } from '../../lib/adapters/index.ts'
import { PRESETS, withPreset } from '../../lib/config/preset.ts'
import { parseConfig } from '../../lib/config.ts'
import { Fault } from '../../lib/errors.ts'
import { HOSTED } from './hosted.ts'

const ALL = {
  ...{ SQL: ['postgres', 'supabase'], AUTH: ['owner', 'supabase'], SOURCES: ['sdk', 'sentry', 'vercel', 'supabase'] },
  ...{ CODE: ['git', 'github'], SANDBOX: ['vercel'], DEPLOY: ['vercel'], NOTIFY: ['inbox', 'slack', 'email'] },
  SCHEDULER: ['on', 'off'],
}

test('hosted names one adapter for each port, local none', () => {
  expect(withPreset({ WORLD: 'hosted' }, ALL)).toEqual({ WORLD: 'hosted', ...PRESETS.hosted })
  for (const env of [{}, { WORLD: 'local' }, { WORLD: '' }, { WORLD: 'moon' }])
    expect(withPreset(env, ALL)).toEqual(env.WORLD ? env : {})
})

test.each([
  ['CODE', 'git'],
  ['NOTIFY', 'inbox'],
  ['SOURCES', 'sdk'],
  ['SANDBOX', 'docker'],
  ['DEPLOY', 'process'],
  ['SCHEDULER', 'on'],
  ['NIGHTSHIFT_HOME', '/var/lib/nightshift'],
])('%s alone can be something else', (name, value) => {
  expect(withPreset({ WORLD: 'hosted', [name]: value }, ALL)).toEqual({
    ...{ WORLD: 'hosted', ...PRESETS.hosted },
    [name]: value,
  })
})

test('set to nothing is not set', () => {
  expect(withPreset({ WORLD: 'hosted', CODE: ' ' }, ALL).CODE).toBe('github')
})

test('what this version has no adapter for is not chosen, of a list only that', () => {
  const { SQL, AUTH, ...rest } = withPreset(
    { WORLD: 'hosted' },
    { ...ALL, SQL: [], AUTH: [], SOURCES: ['sdk', 'sentry'] },
  )
  expect([SQL, AUTH, rest.SOURCES]).toEqual([undefined, undefined, 'sdk,sentry'])
})

const refusal = (env: Record<string, string>): string[] => {
  try {
    parseConfig(env)
    return []
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return error.detail.split('\n- ').filter(Boolean)
  }
}
const named = (lines: string[]) => new Set(lines.map((line) => line.split(':')[0]))

test('a hosted start with nothing set lists everything that is missing, and where to get it', () => {
  const lines = refusal({ WORLD: 'hosted' })
  const wanted = [
    ...['DATABASE_URL', 'NIGHTSHIFT_URL', 'SESSION_SECRET', 'CRON_SECRET', 'CONTROL_TOKEN'],
    ...['VERCEL_TOKEN', 'VERCEL_TEAM_ID', 'VERCEL_PROJECT_ID', 'GITHUB_APP_ID', 'GITHUB_PRIVATE_KEY'],
    ...['SENTRY_ORG', 'SENTRY_TOKEN', 'SENTRY_CLIENT_SECRET', 'SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET'],
    ...['SLACK_CHANNEL', 'SENDGRID_API_KEY', 'SENDGRID_FROM', 'EMAIL_TO', 'SUPABASE_READ_TOKEN'],
    ...['AUTH_SUPABASE_URL', 'AUTH_SUPABASE_KEY', 'OWNER_EMAIL'],
  ]
  expect([...named(lines)]).toEqual(expect.arrayContaining(wanted))
  for (const line of lines) expect(line, line).toMatch(/\(.+\)$/)
  expect(lines.join()).not.toContain('received undefined')
})

test('a line says where to get what is missing, and nothing of what is there and wrong', () => {
  const lines = refusal({ ...HOSTED, SLACK_CHANNEL: 'general', CRON_SECRET: '' })
  expect(lines).toEqual([
    expect.stringMatching(/^CRON_SECRET: .*openssl/),
    'SLACK_CHANNEL: it is the id of a channel, such as C0123ABCD',
  ])
})

test('a whole hosted environment, and the line at boot', () => {
  const config = parseConfig(HOSTED)
  expect(config).toMatchObject({ world: 'hosted', home: '/tmp/nightshift', scheduler: false })
  expect(worldLine(config)).toMatch(
    /^world hosted: sql=\S+ sources=\S*sentry\S* code=github model=\S+ sandbox=vercel deploy=vercel notify=inbox,slack,email tracker=sentry people=/,
  )
  expect(worldLine(parseConfig({ ...HOSTED, CODE: 'git', SOURCES: 'sdk', NOTIFY: 'inbox' }))).toMatch(
    /sources=sentry-sdk\S* code=git .* notify=inbox/,
  )
})
