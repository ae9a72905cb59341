import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { LEAST } from '../../emulators/github/tokens.ts'
import { type EmulatedModel, emulateModel } from '../../emulators/model.ts'
import { type EmulatedSendGrid, emulateSendGrid } from '../../emulators/sendgrid.ts'
import { type EmulatedSentry, emulateSentry } from '../../emulators/sentry.ts'
import { type EmulatedSlack, emulateSlack } from '../../emulators/slack.ts'
import { emailFindings } from '../../lib/adapters/email/findings.ts'
import { githubFindings } from '../../lib/adapters/github/findings.ts'
import { APP_PERMISSIONS } from '../../lib/adapters/github/permissions.ts'
import { modelFindings } from '../../lib/adapters/model/findings.ts'
import { sentryFindings } from '../../lib/adapters/sentry/findings.ts'
import { slackFindings } from '../../lib/adapters/slack/findings.ts'
import { parseModel } from '../../lib/config/model.ts'
import type { Finding } from '../../lib/domain/finding.ts'
import { type Hub, NAME, openHub } from '../contracts/hub.ts'
import { projectAt } from '../contracts/projectAt.ts'
import { fault } from '../sources/sentry.ts'

let hub: Hub
let slack: EmulatedSlack
let sentry: EmulatedSentry
let mail: EmulatedSendGrid
let model: EmulatedModel
beforeAll(async () => {
  hub = await openHub()
  ;[slack, sentry, mail, model] = await Promise.all([
    emulateSlack(),
    emulateSentry(),
    emulateSendGrid(),
    emulateModel(),
  ])
})
afterAll(async () => {
  await Promise.all([hub, slack, sentry, mail, model].map((one) => one.close()))
})

const said = (found: Finding[]): Record<string, string> =>
  Object.fromEntries(
    found.map(({ name, state, detail, todo }) => [name, `${state}: ${detail}${todo ? `. ${todo}` : ''}`]),
  )
/** Whatever is not well says what to do. */
const helpful = (found: Finding[]) => expect(found.filter(({ state, todo }) => state === 'fails' && !todo)).toEqual([])

const github = async (more: object = {}) => {
  const found = await githubFindings({ ...hub.options, ...more }, projectAt(NAME))
  helpful(found)
  return said(found)
}
const installed = () => hub.github.service.tokens.installations[0]!
beforeEach(() => {
  Object.assign(installed(), { permissions: { ...APP_PERMISSIONS }, suspended: false, repositories: [NAME] })
})

test('GitHub: an App that is installed with what is needed is well, and nothing was changed', async () => {
  const effects = hub.github.service.effects.length
  expect(await github()).toEqual({
    login: expect.stringMatching(/^ok: GitHub knows the App nightshift \(4711\)/),
    installation: `ok: the App is installed on ${NAME}`,
    permissions: expect.stringMatching(/^ok: /),
  })
  expect(hub.github.service.effects).toHaveLength(effects)
})

test.each<[object, RegExp]>([
  [{ ...LEAST, administration: 'write' }, /^fails: it allows administration:write, which is refused\. Take/],
  [{ ...LEAST, workflows: 'write' }, /^fails: it allows workflows:write, which is refused/],
  [{ metadata: 'read', contents: 'read', issues: 'write' }, /^fails: it lacks contents:write and pull_requests:write/],
  [{ ...LEAST, packages: 'write' }, /^note: it allows more than is used: packages:write/],
])('GitHub: too much and too little are told apart: %j', async (permissions, expected) => {
  Object.assign(installed(), { permissions })
  expect((await github()).permissions).toMatch(expected)
})

test('GitHub: not installed, suspended, and a key nobody knows', async () => {
  installed().suspended = true
  expect((await github()).installation).toMatch(/^fails: its installation on acme is suspended\. Lift/)
  Object.assign(installed(), { suspended: false, repositories: ['acme/other'] })
  expect((await github()).installation).toMatch(/^fails: the App is not installed on acme\/shop\. Install/)
  const login = { ...hub.options.login, appId: 1 }
  expect((await github({ login })).login).toMatch(/^fails: GitHub does not accept the credentials/)
})

test('GitHub: a token that reaches the repository, a classic one, and one that may do more', async () => {
  const { tokens } = hub.github.service
  const of = (token: string) => github({ login: { kind: 'token', token } })
  expect(await of(tokens.personal('fine-grained', [NAME]))).toEqual({
    login: `ok: the token reaches ${NAME}`,
    permissions: expect.stringMatching(/^note: /),
  })
  expect((await of(tokens.personal('classic', [NAME]))).login).toMatch(/^fails: .*classic token/)
  const much = tokens.personal('fine-grained', [NAME], { ...LEAST, administration: 'read' })
  expect((await of(much)).login).toMatch(/^fails: .*administration/)
})

test('Slack: known, in the channel, with its scopes; nothing is posted', async () => {
  const { scopes } = slack
  const ask = async (more: object = {}, channel = slack.channel) => {
    const found = await slackFindings({ ...slack, ...more }, channel)
    helpful(found)
    return said(found)
  }
  expect(await ask()).toEqual({
    Slack: 'ok: nightshift is known in Night',
    'Slack’s scopes': expect.stringMatching(/^ok: /),
    'Slack’s channel': 'ok: the bot reads C0NIGHT01',
  })
  expect((await ask({ token: 'xoxb-of-somebody-else' })).Slack).toMatch(/^fails: invalid_auth\. Set SLACK_BOT_TOKEN/)
  expect((await ask({}, 'C0STRANGE'))['Slack’s channel']).toMatch(/^fails: C0STRANGE: channel_not_found\. Invite/)
  slack.scopes = ['chat:write', 'commands', 'files:write']
  expect((await ask())['Slack’s scopes']).toMatch(
    /^fails: it lacks channels:history, groups:history, users:read and users:read.email/,
  )
  slack.scopes = [...scopes, 'admin']
  expect((await ask())['Slack’s scopes']).toMatch(/^note: it allows more than is used: admin/)
  expect(slack.workspace.messages).toEqual([])
})

test('mail: the sender is looked at without a mail', async () => {
  mail.senders = ['night@night.example']
  const choice = { key: mail.key, from: 'night@night.example', to: ['ada@night.example'], url: mail.url }
  const ask = async (more: object = {}) => said(await emailFindings({ ...choice, ...more })).mail
  expect(await ask()).toBe('ok: SendGrid would send from night@night.example to 1')
  expect(await ask({ key: 'SG.wrong' })).toMatch(/^fails: SendGrid does not know the key\. Make/)
  expect(await ask({ from: 'eve@night.example' })).toMatch(/^fails: .*not send as eve@night\.example\. Verify/)
  expect(await ask({ url: 'http://127.0.0.1:9/' })).toMatch(/^note: /)
  expect(mail.mails).toEqual([])
})

test('Sentry: the token, the project, and a token that could write', async () => {
  sentry.store.take('shop', fault())
  const access = { url: sentry.url, org: 'acme', token: 'reader-token-of-acme', writeToken: 'writer-token-of-acme' }
  const shop = { ...projectAt('/r'), settings: { ...projectAt('/r').settings, sentry: { project: 'shop' } } }
  const ask = async (more: object = {}, project = shop) => {
    const found = await sentryFindings({ ...access, ...more }, project)
    helpful(found)
    return said(found)
  }
  expect(await ask()).toEqual({
    SENTRY_TOKEN: 'ok: it reads the issues of shop',
    SENTRY_WRITE_TOKEN: 'ok: it is known, and shop is there',
  })
  expect((await ask({ token: 'wrong-token-of-acme' })).SENTRY_TOKEN).toMatch(/^fails: .*does not know the token.*Make/)
  sentry.tokens['thin-token-of-acme'] = ['project:read']
  expect((await ask({ token: 'thin-token-of-acme' })).SENTRY_TOKEN).toMatch(/^fails: .*event:read/)
  expect((await ask({ token: access.writeToken }))['tokens of Sentry']).toMatch(/^note: whoever reads could write/)
  expect((await ask({ writeToken: null })).SENTRY_WRITE_TOKEN).toMatch(/^note: it is not set/)
  const other = { ...shop, settings: { ...shop.settings, sentry: { project: 'blog' } } }
  expect((await ask({}, other))['project in Sentry']).toMatch(/^fails: acme has no project blog/)
  expect((await ask({}, projectAt('/r') as typeof shop))['project in Sentry']).toMatch(/^note: the project names none/)
})

test('models: the list of models says whether key and names are right', async () => {
  const ask = async (env: Record<string, string>) => said(await modelFindings(parseModel(env).choice))
  const env = { MODEL: 'anthropic', ANTHROPIC_API_KEY: 'key-of-tests', ANTHROPIC_BASE_URL: model.url }
  expect(await ask(env)).toEqual({
    'anthropic:claude-sonnet-5-5': 'ok: the key is accepted, and the model is there',
    'anthropic:claude-haiku-5-5': 'ok: the key is accepted, and the model is there',
  })
  expect(model.heard.every(({ path, headers }) => path.startsWith('/v1/models') && headers['x-api-key'])).toBe(true)
  model.models = ['claude-haiku-5-5-20260101']
  const named = await ask(env)
  expect(named['anthropic:claude-sonnet-5-5']).toMatch(/^note: .*not in its list\. Correct MODEL/)
  expect(named['anthropic:claude-haiku-5-5']).toMatch(/^ok/)
  model.moods = [{ fails: 401 }]
  expect((await ask(env))['anthropic:claude-haiku-5-5']).toMatch(/^fails: the key is not accepted \(401\)\. Make/)
  model.moods = [{ fails: 529 }]
  expect((await ask(env))['anthropic:claude-haiku-5-5']).toMatch(/^note: it answered 529/)
  model.moods = [{ raw: 'no list' }]
  expect((await ask(env))['anthropic:claude-haiku-5-5']).toMatch(/^note: /)
  expect(await ask({})).toEqual({ model: expect.stringMatching(/^note: none was chosen/) })
})
