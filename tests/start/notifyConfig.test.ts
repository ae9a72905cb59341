import { expect, test } from 'vitest'
import { NOTIFY_SETTINGS, parseNotify } from '../../lib/config/notify.ts'

const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_CHANNEL: 'C0123ABCD' }
const EMAIL = { SENDGRID_API_KEY: 'SG.1', SENDGRID_FROM: 'a@b.example', EMAIL_TO: 'c@d.example, e@f.example' }
const problems = (env: Record<string, string>) => parseNotify(env).problems

test.each([{}, { NOTIFY: '' }, { NOTIFY: 'inbox' }, SLACK])('%j: the inbox alone, whatever lies about', (env) => {
  expect(parseNotify(env as Record<string, string>)).toEqual({ choice: { slack: null, email: null }, problems: [] })
})

test('each channel with what it needs', () => {
  expect(parseNotify({ NOTIFY: 'inbox, slack,email', ...SLACK, ...EMAIL })).toEqual({
    choice: {
      slack: { token: 'xoxb-1', signingSecret: 's', channel: 'C0123ABCD', url: 'https://slack.com/api/' },
      email: { key: 'SG.1', from: 'a@b.example', to: ['c@d.example', 'e@f.example'], url: 'https://api.sendgrid.com/' },
    },
    problems: [],
  })
})

test('everything that is missing is listed at once', () => {
  expect(problems({ NOTIFY: 'slack,email' }).map((line) => line.split(':')[0])).toEqual([
    ...['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CHANNEL'],
    ...['SENDGRID_API_KEY', 'SENDGRID_FROM', 'EMAIL_TO'],
  ])
})

test.each<[Record<string, string>, string]>([
  [{ NOTIFY: 'pigeon' }, 'NOTIFY: "pigeon"'],
  [{ NOTIFY: 'slack', ...SLACK, SLACK_BOT_TOKEN: 'xoxp-1' }, 'SLACK_BOT_TOKEN'],
  [{ NOTIFY: 'slack', ...SLACK, SLACK_CHANNEL: '#night' }, 'SLACK_CHANNEL'],
  [{ NOTIFY: 'slack', ...SLACK, SLACK_API_URL: 'http://slack.example' }, 'SLACK_API_URL'],
  [{ NOTIFY: 'email', ...EMAIL, SENDGRID_API_KEY: 'k' }, 'SENDGRID_API_KEY'],
  [{ NOTIFY: 'email', ...EMAIL, EMAIL_TO: 'c@d.example,nobody' }, 'EMAIL_TO: "nobody"'],
  [{ NOTIFY: 'email', ...EMAIL, SENDGRID_FROM: 'Night' }, 'SENDGRID_FROM'],
])('%j: %s', (env, named) => {
  const found = problems(env)
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(named)
})

test('no problem quotes a secret, and every setting is passed on', () => {
  const told = problems({
    NOTIFY: 'slack,email',
    ...SLACK,
    ...EMAIL,
    SLACK_BOT_TOKEN: 'my-token',
    SENDGRID_API_KEY: 'my-key',
  })
  expect(told.join()).not.toMatch(/my-token|my-key/)
  expect(NOTIFY_SETTINGS).toEqual(expect.arrayContaining([...Object.keys(SLACK), ...Object.keys(EMAIL)]))
})
