import { describe, expect, test } from 'vitest'
import { parseDeploy, VERCEL_DEPLOY_SETTINGS } from '../../lib/config/deploy.ts'
import { parseSandbox } from '../../lib/config/sandbox.ts'
import { parseConfig } from '../../lib/config.ts'

const VERCEL = { DEPLOY: 'vercel', VERCEL_TOKEN: 'token', VERCEL_TEAM_ID: 'team' }
const PLATFORM = { PLATFORM_URL: 'http://127.0.0.1:4100', PLATFORM_TOKEN: 'token-of-the-platform' }

describe('where the app is deployed', () => {
  test('the local platform, unless something else is chosen', () => {
    const choice = { kind: 'process', url: PLATFORM.PLATFORM_URL, token: PLATFORM.PLATFORM_TOKEN }
    expect(parseDeploy(PLATFORM)).toEqual({ choice, problems: [] })
    expect(parseDeploy({ ...PLATFORM, DEPLOY: 'process' })).toEqual({ choice, problems: [] })
  })

  test('Vercel needs a token and a team, and can do without the rest', () => {
    const without = { bypassSecret: null, webhookSecret: null, drainSecret: null, drainVerify: null }
    const choice = { kind: 'vercel', url: 'https://api.vercel.com', token: 'token', teamId: 'team' }
    expect(parseDeploy(VERCEL)).toEqual({ choice: { ...choice, ...without }, problems: [] })
    const secrets = {
      VERCEL_BYPASS_SECRET: 'secret-of-the-bypass',
      VERCEL_WEBHOOK_SECRET: 'secret-of-the-hook',
      VERCEL_DRAIN_SECRET: 'secret-of-the-drain',
      VERCEL_DRAIN_VERIFY: 'code',
      VERCEL_API_URL: 'http://127.0.0.1:9',
    }
    expect(parseDeploy({ ...VERCEL, ...secrets }).choice).toEqual({
      ...choice,
      url: 'http://127.0.0.1:9',
      bypassSecret: 'secret-of-the-bypass',
      webhookSecret: 'secret-of-the-hook',
      drainSecret: 'secret-of-the-drain',
      drainVerify: 'code',
    })
    expect(VERCEL_DEPLOY_SETTINGS).toEqual(
      expect.arrayContaining([...Object.keys(secrets), 'VERCEL_TOKEN', 'VERCEL_TEAM_ID']),
    )
  })

  test.each([
    [
      'nothing of the platform',
      {},
      ['PLATFORM_URL: DEPLOY=process needs it', 'PLATFORM_TOKEN: DEPLOY=process needs it'],
    ],
    [
      'nothing of Vercel',
      { DEPLOY: 'vercel', ...PLATFORM },
      ['VERCEL_TOKEN: DEPLOY=vercel needs it', 'VERCEL_TEAM_ID: DEPLOY=vercel needs it'],
    ],
    ['an unknown place', { DEPLOY: 'moon' }, [expect.stringMatching(/^DEPLOY: /)]],
    [
      'what is malformed',
      { ...VERCEL, VERCEL_DRAIN_SECRET: 'short', VERCEL_API_URL: 'nowhere' },
      [expect.stringMatching(/^VERCEL_API_URL: /), expect.stringMatching(/^VERCEL_DRAIN_SECRET: /)],
    ],
    [
      'a short token of the platform',
      { ...PLATFORM, PLATFORM_TOKEN: 'short' },
      [expect.stringMatching(/^PLATFORM_TOKEN: /)],
    ],
  ])('%s is named', (_, env, problems) => {
    expect(parseDeploy(env)).toEqual({ choice: null, problems })
  })

  test('what is malformed of the other place is nobody’s business', () => {
    expect(parseDeploy({ ...PLATFORM, VERCEL_API_URL: 'nowhere' }).problems).toEqual([])
    expect(parseDeploy({ ...VERCEL, PLATFORM_URL: 'nowhere' }).problems).toEqual([])
  })

  test('what is missing is listed with everything else that is', () => {
    expect(() => parseConfig({ DEPLOY: 'vercel', SANDBOX: 'vercel' })).toThrow(
      /DATABASE_URL.*VERCEL_PROJECT_ID: SANDBOX=vercel needs it.*VERCEL_TOKEN: DEPLOY=vercel needs it/s,
    )
  })
})

test('a token for deploying leaves the sandbox its own login', () => {
  const claims = Buffer.from(JSON.stringify({ owner_id: 'team_o', project_id: 'prj_o' })).toString('base64url')
  const oidc = { SANDBOX: 'vercel', VERCEL_OIDC_TOKEN: `e30.${claims}.x` }
  expect(parseSandbox({ ...oidc, ...VERCEL }).choice).toMatchObject({
    kind: 'vercel',
    teamId: 'team_o',
    projectId: 'prj_o',
  })
  const whole = { ...oidc, ...VERCEL, VERCEL_PROJECT_ID: 'prj_t' }
  expect(parseSandbox(whole).choice).toMatchObject({ token: 'token', teamId: 'team', projectId: 'prj_t' })
})
