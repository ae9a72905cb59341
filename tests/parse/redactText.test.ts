import { expect, test } from 'vitest'
import { isCut, redactSource, redactText, TEXT_MAX } from '../../lib/parse/redactText.ts'

/** Made-up credentials in the issuers' formats, joined here so that no scanner takes this file for a leak. */
const run = (length: number) => 'aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA'.repeat(4).slice(0, length)
const jwt = `eyJ${run(20)}.eyJ${run(30)}.${run(43)}`

test.each([
  ['AWS access key', `key AKIA${'ABCDEFGH12345678'} used`, 'key [aws-key] used'],
  ['GitHub token', `push with ghp_${run(36)} failed`, 'push with [github-token] failed'],
  ['GitHub App', `ghs_${run(36)} as it was`, '[github-token] as it was'],
  ['GitHub App since 2026', `Bearer ghs_4711_${jwt} sent`, 'Bearer [github-token] sent'],
  ['GitHub fine-grained', `github_pat_${run(60)}`, '[github-token]'],
  ['GitLab', `glpat-${run(20)}.`, '[gitlab-token].'],
  ['Slack', `xoxb-${run(24)},`, '[slack-token],'],
  ['OpenAI-like', `(sk-${run(40)})`, '([api-key])'],
  ['Stripe', `sk_live_${run(24)}`, '[stripe-key]'],
  ['Supabase', `sb_secret_${run(30)}`, '[supabase-key]'],
  ['SendGrid', `SG.${run(22)}.${run(43)}`, '[sendgrid-key]'],
  ['package registry', `npm_${run(36)}`, '[npm-token]'],
  ['Google', `AIza${run(35)}`, '[google-key]'],
  ['JWT', `got ${jwt}!`, 'got [jwt]!'],
  ['JWT without signature', `eyJ${run(20)}.eyJ${run(30)}.`, '[jwt]'],
  ['JWT in an encoded query', `next%3D${jwt}`, 'next%3D[jwt]'],
  ['key file', `x -----BEGIN PRIVATE KEY-----\n${run(64)}\n-----END PRIVATE KEY----- y`, 'x [pem] y'],
  ['key file in JSON', `-----BEGIN RSA PRIVATE KEY-----\\n${run(64)}\\n-----END RSA PRIVATE KEY-----`, '[pem]'],
  ['key file without an end', `x -----BEGIN PRIVATE KEY-----\n${run(64)}\nmore`, 'x [pem]'],
])('knows by its look: %s', (_name, text, redacted) => {
  expect(redactText(text)).toBe(redacted)
})

test.each([
  ['postgres://app:p@ss/w0rd@db.example:5432/x', 'postgres://[credentials]@db.example:5432/x'],
  ['redis://:hunter2@cache', 'redis://[credentials]@cache'],
  ['https://4f1e@errors.example/42', 'https://[credentials]@errors.example/42'],
  ['git clone ssh://git@host/x', 'git clone ssh://git@host/x'],
  ['see https://host/a/b', 'see https://host/a/b'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: [authorization]'],
  ['sent Bearer test-owner twice', 'sent Bearer [token] twice'],
  ['the bearer token is missing', 'the bearer token is missing'],
  [`Basic ${Buffer.from('ann:hunter2').toString('base64')}`, 'Basic [token]'],
  ['Basic authentication', 'Basic authentication'],
  ['Cookie: a=1; sid=2\nnext line', 'Cookie: [cookie]\nnext line'],
  ['password=hunter2&page=3', 'password=[password]&page=3'],
  ['PASSWORD = "a b c" ok', 'PASSWORD = "[password]" ok'],
  ["{'x-api-key': 'abc'}", "{'x-api-key': '[api-key]'}"],
  ['{\\"password\\":\\"a\\\\nb\\",\\"n\\":1}', '{\\"password\\":\\"[password]\\",\\"n\\":1}'],
  ['Server=db;Password=p;Database=x', 'Server=db;Password=[password];Database=x'],
  ['{"password":"ab\\"cd\\\\","n":1}', '{"password":"[password]","n":1}'],
  ['{\\"password\\":\\"ab\\\\\\"cd\\",\\"n\\":1}', '{\\"password\\":\\"[password]\\",\\"n\\":1}'],
  ['secret_value        =        abc', 'secret_value        =        [secret]'],
  [`${'x'.repeat(100)}_password=abc`, `${'x'.repeat(100)}_password=[password]`],
  ['GET /a?auth=abc&x=1 failed', 'GET /a?auth=[authorization]&x=1 failed'],
  ['a://u:p://x@h', 'a://u:p://[credentials]@h'],
  ['user[password]=abc', 'user[password]=[password]'],
  ['q=1%26token%3Dabc%26x=2', 'q=1%26token%3D[token]%26x=2'],
  ['map {secret=abc, id=7}', 'map {secret=[secret], id=7}'],
  ['config.dbPass: s3cret!', 'config.dbPass: [password]'],
  ['session: 8f7d6e5c4b3a', 'session: [session]'],
  [`using key "${run(32)}"`, 'using key "[key]"'],
])('knows by its surroundings: %j', (text, redacted) => {
  expect(redactText(text)).toBe(redacted)
})

test.each([
  "Cannot read properties of undefined (reading 'token')",
  'Unexpected token: x in JSON at position 3',
  'at verify (/app/src/session.ts:12:5)',
  'at check (/app/src/lib/token.ts:120:15)',
  'if (password === confirm) return token',
  'a=b, c: d, disk-usage-of-the-long-file-name-here',
  'maxTokens=4096 tokenCount: 1234567',
  'ip=10.0.0.7 session: a1b2 token: getToken1(x) session: abcdefgh',
  'see https://host/@ann/x, a@.com, 999.1.1.1, abcdef1:2::3:4, 2a::1, 2001db::',
  'a token abcdefghijklmnopqrstuvwxyz of letters',
  'token=null session: undefined',
  'npm_config_cache, hf_hub, sk-short, AKIA, SG.x, eyJ.eyJ.x, eyJhbGciOiJIUzI.js and xoxb-1',
  'connect ECONNREFUSED 127.0.0.1:5432 and 10.0.0.7, ::1, fe80::1:2:3',
  'Chrome/120.0.0.0 at 12:34:56, version 1.2.3, epoch 1763638800000',
  'import x from "@scope/pkg@1.2.3" for user@localhost',
  'times 1763638800005 and numbers 5123456789010 9123456789012348',
  'order 4242424242424241 weighs 0.4242424242424242',
])('leaves alone: %j', (text) => {
  expect(redactText(text)).toBe(text)
})

test.each([
  ['mail ann.o+x@mail.example.co.uk now', 'mail [email] now'],
  ['a%2Bb%40example.com', '[email]'],
  ['x%40y.com%40z.com', '[email]%40z.com'],
  ['jürgen@exämple.de', '[email]'],
  ['<ann@example.com>,<bob@example.com>', '<[email]>,<[email]>'],
  ['paid with 4242 4242 4242 4242.', 'paid with [card].'],
  ['amex 3782-822463-10005', 'amex [card]'],
  ['pan 4242424242424242', 'pan [card]'],
  ['old 4123456789011', 'old [card]'],
  ['from 203.0.113.9 and 2001:db8::8:1, 2a00::12', 'from [ip] and [ip], [ip]'],
])('knows people: %j', (text, redacted) => {
  expect(redactText(text)).toBe(redacted)
})

test('a line of a program keeps its names and loses its literals', () => {
  expect(redactSource('const token = readToken(req.headers.cookie)')).toBe(
    'const token = readToken(req.headers.cookie)',
  )
  expect(redactSource("const password = 'hunter2'")).toBe("const password = '[password]'")
  expect(redactSource(`call("ghp_${run(36)}")`)).toBe('call("[github-token]")')
})

test('long text is cut and says by how much, and no secret is halved', () => {
  const cut = redactText('x'.repeat(TEXT_MAX + 5))
  expect(cut.length).toBeLessThanOrEqual(TEXT_MAX)
  expect(cut).toMatch(/x… \[45 more characters\]$/)
  expect(isCut(cut)).toBe(true)
  expect(isCut('x'.repeat(TEXT_MAX))).toBe(false)
  expect(redactText(`${'y '.repeat(8180)}ghp_${run(36)}`)).not.toContain('ghp_')
  const million = redactText('z'.repeat(1_000_000))
  expect(Number(/\[(\d+) more/.exec(million)?.[1]) + million.indexOf('…')).toBe(1_000_000)
  const halved = redactText(`${'a '.repeat(32_000)}-----BEGIN PRIVATE KEY-----\n${'b '.repeat(20_000)}`)
  expect(halved).not.toContain('b b')
})

test('what lies beyond 64 KB is not looked at, and a word that reaches over it is dropped', () => {
  const pem = (length: number) => `-----BEGIN PRIVATE KEY-----${'x'.repeat(length)}-----END PRIVATE KEY-----`
  const beyond = redactText(`${pem(100_000)} tail`)
  expect(beyond).toMatch(/^\[pem\]… \[\d+ more characters\]$/)
  const halved = redactText(`${pem(65_460)} ghp_${run(36)} tail`)
  expect(halved).toMatch(/^\[pem\] … \[45 more characters\]$/)
})

test('redacting twice changes nothing', () => {
  const texts = [
    `Authorization: Bearer ${jwt}\nCookie: a=b\npassword=x;y`,
    'password=x y {token=abc}, {"session": "[jwt]"}',
    'postgres://a:b@c/d?password=e&user=ann@example.com 203.0.113.9',
    `key "${run(30)}" 4242424242424242 \u202e \x1b[31m`,
    'x'.repeat(TEXT_MAX * 2),
    '{"password":"a","session":"b","token":"cc\\"dd"}',
  ]
  for (const text of texts) expect(redactText(redactText(text))).toBe(redactText(text))
})
