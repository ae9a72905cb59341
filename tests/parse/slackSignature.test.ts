import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type SignedBody, signatureProblem } from '../../lib/parse/slackSignature.ts'

const SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const NOW = 1_795_900_000
const BODY = Buffer.from('payload=%7B%22type%22%3A%22block_actions%22%7D')

const sign = (timestamp: string, body: Uint8Array, secret = SECRET) =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`

function request(more: Partial<SignedBody> & { at?: number } = {}): SignedBody {
  const { at = NOW, ...rest } = more
  const body = rest.body ?? BODY
  return { secret: SECRET, timestamp: String(at), signature: sign(String(at), body), body, now: NOW, ...rest }
}

test('Slack’s own example', () => {
  const body = Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  )
  const signature = 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503'
  const asked = { secret: SECRET, timestamp: '1531420618', signature, body, now: 1_531_420_618 }
  expect(signatureProblem(asked)).toBeNull()
})

test.each<[string, SignedBody, string | null]>([
  ['just now', request(), null],
  ['300 s ago', request({ at: NOW - 300 }), null],
  ['300 s ahead', request({ at: NOW + 300 }), null],
  ['301 s ago', request({ at: NOW - 301 }), 'too old, or of the future'],
  ['301 s ahead', request({ at: NOW + 301 }), 'too old, or of the future'],
  ['a fraction over', request({ at: NOW - 300, now: NOW + 0.001 }), 'too old, or of the future'],
  ['no clock', request({ now: Number.NaN }), 'too old, or of the future'],
  ['no timestamp', request({ timestamp: null }), 'no timestamp'],
  ['an empty one', request({ timestamp: '' }), 'no timestamp'],
  ['a signed one', request({ timestamp: `-${NOW}` }), 'no timestamp'],
  ['one with an exponent', request({ timestamp: '1.7959e9', signature: sign('1.7959e9', BODY) }), 'no timestamp'],
  ['one with a space', request({ timestamp: ` ${NOW}`, signature: sign(` ${NOW}`, BODY) }), 'no timestamp'],
  ['NaN', request({ timestamp: 'NaN', signature: sign('NaN', BODY) }), 'no timestamp'],
  ['no signature', request({ signature: null }), 'no signature'],
  ['an empty signature', request({ signature: '' }), 'no signature'],
  ['v1', request({ signature: sign(String(NOW), BODY).replace('v0', 'v1') }), 'no signature'],
  ['a shorter one', request({ signature: sign(String(NOW), BODY).slice(0, -1) }), 'no signature'],
  ['a longer one', request({ signature: `${sign(String(NOW), BODY)}0` }), 'no signature'],
  ['upper case', request({ signature: sign(String(NOW), BODY).toUpperCase() }), 'no signature'],
  ['another secret', request({ signature: sign(String(NOW), BODY, 'x') }), 'another signature'],
  ['no secret', request({ secret: '', signature: sign(String(NOW), BODY, '') }), 'there is no signing secret'],
  [
    'another body',
    request({ body: Buffer.from('payload=1'), signature: sign(String(NOW), BODY) }),
    'another signature',
  ],
  [
    'a body that moved into the timestamp',
    request({ body: Buffer.alloc(0), signature: sign(String(NOW), BODY) }),
    'another signature',
  ],
  ['bytes that are no text', request({ body: Buffer.from([0xff, 0xfe, 0x00]) }), null],
  ['an empty body', request({ body: Buffer.alloc(0) }), null],
])('%s', (_, asked, problem) => {
  expect(signatureProblem(asked)).toBe(problem)
})
