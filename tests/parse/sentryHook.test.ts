import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { hookedProject, isSigned } from '../../lib/parse/sentryHook.ts'

const SECRET = 'the secret of the integration'
const body = Buffer.from('{"action":"created","data":{"issue":{"title":"naïve – ünïcode 🌒"}}}')
const good = createHmac('sha256', SECRET).update(body).digest('hex')

test('what was signed with the secret, over these bytes', () => {
  expect(isSigned(SECRET, body, good)).toBe(true)
})

test.each<[string, string, Uint8Array, string | null]>([
  ['no signature', SECRET, body, null],
  ['an empty one', SECRET, body, ''],
  ['upper case', SECRET, body, good.toUpperCase()],
  ['a prefix', SECRET, body, `sha256=${good}`],
  ['a space behind it', SECRET, body, `${good} `],
  ['half of it', SECRET, body, good.slice(0, 32)],
  ['twice', SECRET, body, good + good],
  ['base64', SECRET, body, createHmac('sha256', SECRET).update(body).digest('base64')],
  ['SHA-1', SECRET, body, createHmac('sha1', SECRET).update(body).digest('hex')],
  ['a plain hash', SECRET, body, createHmac('sha256', '').update(body).digest('hex')],
  ['another secret', SECRET, body, createHmac('sha256', `${SECRET} `).update(body).digest('hex')],
  ['no secret on our side', '', body, createHmac('sha256', '').update(body).digest('hex')],
  ['a body written anew', SECRET, Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1)), good],
  ['an empty body', SECRET, Buffer.alloc(0), good],
])('%s is refused', (_, secret, bytes, signature) => {
  expect(isSigned(secret, bytes, signature)).toBe(false)
})

test.each<[string, unknown, string | null]>([
  ['an issue', { data: { issue: { project: { slug: 'clinic', id: '1' } } } }, 'clinic'],
  ['a comment', { data: { comment_id: '1', project_slug: 'clinic' } }, 'clinic'],
  [
    'an alert',
    { data: { event: { project: 1, url: 'https://us.sentry.io/api/0/projects/acme/clinic/events/ab/' } } },
    'clinic',
  ],
  [
    'an error',
    { data: { error: { project: 1, url: 'https://us.sentry.io/api/0/projects/acme/web/events/ab/' } } },
    'web',
  ],
  ['a number alone', { data: { event: { project: 1 } } }, null],
  ['an installation', { data: { installation: {} } }, null],
  ['a slug that is none', { data: { issue: { project: { slug: "x' or 1=1" } } } }, null],
  ['a list', [1], null],
])('%s names its project', (_, value, slug) => {
  expect(hookedProject(Buffer.from(JSON.stringify(value)))).toBe(slug)
})

test.each(['', 'x', '{"data":', '\u0000'])('%j names none', (text) => {
  expect(hookedProject(Buffer.from(text))).toBeNull()
})
