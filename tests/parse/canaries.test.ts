import { expect, test } from 'vitest'
import { redact } from '../../lib/parse/redact.ts'

/**
 * Redaction is never complete, so its recall is a figure: made-up secrets planted in the shapes that production events
 * carry them in. `missed` names the shapes that are known to get through; a test fails when the list changes.
 */
const secret = 'q7Zk2Lm9Xw4Tn8Vb3Rs6'
const b64 = (text: string) => Buffer.from(text).toString('base64')

const shapes: Record<string, unknown> = {
  'header authorization': { request: { headers: { Authorization: `Bearer ${secret}` } } },
  'header pairs': { request: { headers: [['X-Api-Key', secret]] } },
  'header cookie': { request: { headers: { cookie: `a=1; sid=${secret}` } } },
  'header set-cookie': { contexts: { response: { headers: { 'set-cookie': `sid=${secret}; HttpOnly` } } } },
  'header x-csrf-token': { request: { headers: { 'X-CSRF-Token': secret } } },
  'cookies object': { request: { cookies: { theme: secret } } },
  'query string': { request: { query_string: `a=1&access_token=${secret}` } },
  'query pairs': { request: { query_string: [['token', secret]] } },
  'url query': { request: { url: `https://h/reset?token=${secret}&x=1` } },
  'url userinfo': { request: { url: `https://ann:${secret}@h/` } },
  'body JSON': { request: { data: JSON.stringify({ login: { password: secret } }) } },
  'body JSON cut': { request: { data: `{"a":1,"password":"${secret}","b":"cut` } },
  'body form': { request: { data: `user=ann&password=${secret}` } },
  'body form nested': { request: { data: `user%5Bpassword%5D=${secret}&x=1` } },
  'body object': { request: { data: { clientSecret: secret } } },
  'body JSON in JSON': { request: { data: JSON.stringify({ body: JSON.stringify({ apiKey: secret }) }) } },
  'message pair': { message: `login failed: password=${secret}` },
  'message colon': { message: `login failed, password: ${secret}` },
  'message JSON': { message: `sent {"token":"${secret}"} to host` },
  'message escaped JSON': { message: `sent "{\\"token\\":\\"${secret}\\"}" to host` },
  'message single quotes': { message: `{ secret: '${secret}' }` },
  'message header': { message: `> Authorization: Token ${secret}\n> Accept: */*` },
  'message bearer': { message: `curl -H "Bearer ${secret}"` },
  'message basic': { message: `Basic ${b64(`ann:${secret}`)}` },
  'message connection string': { message: `cannot reach postgres://app:${secret}@db/x` },
  'message key words': { exception: { values: [{ type: 'E', value: `refused key "${secret}"` }] } },
  'message env dump': { message: `DATABASE_PASSWORD=${secret} NODE_ENV=test` },
  'message encoded': { message: `redirect=%2Fa%3Ftoken%3D${secret}` },
  'message ADO': { message: `Server=db;Password=${secret};Database=x` },
  'message yaml': { message: `db:\n  password: ${secret}\n  port: 1` },
  'breadcrumb url': { breadcrumbs: [{ data: { url: `/x?api_key=${secret}` } }] },
  'breadcrumb message': { breadcrumbs: { values: [{ message: `sessionId=${secret}` }] } },
  'extra nested': { extra: { config: { smtp: { pass: secret } } } },
  'entry list': { extra: { headers: [{ name: 'authorization', value: secret }] } },
  'tag pairs': { tags: [['session_id', secret]] },
  'frame literal': { exception: [{ stacktrace: { frames: [{ context_line: `const password = '${secret}'` }] } }] },
  'frame variable': { exception: [{ stacktrace: { frames: [{ vars: { password: secret } }] } }] },
  'private key': { message: `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----` },
  'GitHub token': { message: `ghp_${secret}` },
  'Slack token': { message: `xoxb-${secret}` },
  'Stripe key': { message: `sk_live_${secret}` },
  'AI provider key': { message: `sk-proj-${secret}` },
  'Supabase key': { message: `sb_secret_${secret}` },
  'SendGrid key': { message: `SG.${secret}.${secret}` },
  JWT: { message: `eyJ${secret}.eyJ${secret}.${secret}` },
  'zero-width inside the name': { message: `x pass\u200bword=${secret} y` },
  'colour inside the name': { message: `x pass\x1b[1mword=${secret} y` },
  'upper case and dashes': { extra: { 'CLIENT-SECRET': secret } },
  'camel case': { extra: { refreshToken: secret } },
  'user id': { user: { id: secret } },
  'user e-mail': { user: { id: 'u1', email: `${secret}@example.com` } },
  'e-mail in text': { message: `mail to ${secret}@example.com bounced` },
  'e-mail as a name': { extra: { [`${secret}@example.com`]: 1 } },
  'no name near it': { message: `result ${secret}` },
  'name after it': { message: `${secret} is the password` },
  'split over lines': { message: `password\n=\n${secret}` },
  'base64 of a pair': { message: b64(`password=${secret}`) },
  'reversed name': { message: `drowssap=${secret}` },
  'word for it in prose': { message: `she typed ${secret} as her login word` },
}

const missed = [
  'no name near it',
  'name after it',
  'split over lines',
  'base64 of a pair',
  'reversed name',
  'word for it in prose',
]

/** The secret or its base64 form, whole or in its larger half. */
const seen = (value: unknown) => {
  const text = JSON.stringify(redact(value, 'salt'))
  return [secret, secret.slice(0, 12), secret.slice(8), b64(`password=${secret}`), b64(`ann:${secret}`)].some((form) =>
    text.includes(form),
  )
}

test.each(Object.keys(shapes).filter((name) => !missed.includes(name)))('%s does not get through', (name) => {
  expect(seen(shapes[name])).toBe(false)
})

test('what gets through is known: recall 53 of 59 shapes', () => {
  const through = Object.keys(shapes).filter((name) => seen(shapes[name]))
  expect(through).toEqual(missed)
  expect([Object.keys(shapes).length - through.length, Object.keys(shapes).length]).toEqual([53, 59])
})
