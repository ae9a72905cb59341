import { afterAll, beforeAll, expect, test } from 'vitest'
import { opened, type SlackDoor } from '../../app/slack/door.ts'
import { interactive } from '../../app/slack/interactive.ts'
import { type EmulatedSlack, emulateSlack } from '../../emulators/slack.ts'
import { command, pressOf, type SignedRequest, signed } from '../../emulators/slackPeople.ts'

let slack: EmulatedSlack
let door: SlackDoor
beforeAll(async () => {
  slack = await emulateSlack()
  door = { secret: slack.signingSecret, later: () => undefined, failed: () => undefined }
})
afterAll(() => slack.close())

/** Numbers below `n`, the same every time: a request that gets through can be found again. */
function drawing(seed: number): (n: number) => number {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const TIMESTAMP = 'x-slack-request-timestamp'
const SIGNATURE = 'x-slack-signature'
type Draw = (n: number) => number
interface Bytes {
  body: Buffer
  headers: Record<string, string>
}
type Mutation = (honest: Bytes, draw: Draw) => Bytes

const flip = (bytes: Buffer, draw: Draw): Buffer => {
  const flipped = Buffer.from(bytes)
  const at = draw(flipped.length)
  flipped[at] = flipped[at]! ^ (1 << draw(8))
  return flipped
}
const with_ = (b: Bytes, name: string, value: string): Bytes => ({ ...b, headers: { ...b.headers, [name]: value } })
const without = (b: Bytes, name: string): Bytes => {
  const { [name]: _, ...headers } = b.headers
  return { ...b, headers }
}
const change = (text: string, draw: Draw): string => {
  const at = draw(text.length)
  const next = '0123456789abcdef'.replace(text[at]!, '')[draw(15)]
  return text.slice(0, at) + next + text.slice(at + 1)
}

const MUTATIONS: Record<string, Mutation> = {
  'a bit of the body': (b, draw) => ({ ...b, body: flip(b.body, draw) }),
  'the body cut': (b, draw) => ({ ...b, body: b.body.subarray(0, draw(b.body.length)) }),
  'something behind the body': (b, draw) => ({ ...b, body: Buffer.concat([b.body, Buffer.from([draw(256)])]) }),
  'a digit of the signature': (b, draw) => with_(b, SIGNATURE, `v0=${change(b.headers[SIGNATURE]!.slice(3), draw)}`),
  'the signature cut': (b, draw) => with_(b, SIGNATURE, b.headers[SIGNATURE]!.slice(0, draw(67))),
  'another version': (b, draw) => with_(b, SIGNATURE, b.headers[SIGNATURE]!.replace('v0', `v${1 + draw(9)}`)),
  'no signature': (b) => without(b, SIGNATURE),
  'no timestamp': (b) => without(b, TIMESTAMP),
  'another second': (b, draw) =>
    with_(b, TIMESTAMP, String(Number(b.headers[TIMESTAMP]) + (draw(2) ? 1 : -1) * (1 + draw(290)))),
  'a timestamp that is none': (b, draw) => with_(b, TIMESTAMP, ['', 'now', '0x6b', '1e9', '-1', 'Infinity'][draw(6)]!),
  'an older request, honestly signed': ({ body }, draw) =>
    bytesOf(signed(slack.signingSecret, body.toString('utf8'), Math.floor(Date.now() / 1000) - 302 - draw(1e6))),
  'one of the future, honestly signed': ({ body }, draw) =>
    bytesOf(signed(slack.signingSecret, body.toString('utf8'), Math.floor(Date.now() / 1000) + 305 + draw(1e6))),
  'signed by another app': ({ body }, draw) => bytesOf(signed(`secret-${draw(1e9)}`, body.toString('utf8'))),
  'signed by nobody': ({ body }) => bytesOf(signed('', body.toString('utf8'))),
}

const bytesOf = ({ body, headers }: SignedRequest): Bytes => ({ body: Buffer.from(body), headers })
const sent = ({ body, headers }: Bytes) =>
  new Request('http://door/', { method: 'POST', headers, body: new Uint8Array(body) })

const honest = (): Bytes[] => {
  const on = { ts: '1.000001', channel: slack.channel, action: 'approve' }
  const value = JSON.stringify({ fix: '0123456789ab', tree: 'a'.repeat(40), target: 'production', policyVersion: 1 })
  return [pressOf(slack, 'U0OWNER', { ...on, value }), command(slack, 'U0OWNER', 'pause now')].map(bytesOf)
}

test('10,000 mutated requests: none is let in, and none is told why', async () => {
  const draw = drawing(20_261_129)
  const names = Object.keys(MUTATIONS)
  let handled = 0
  const counts: Record<string, number> = {}
  for (let n = 0; n < 10_000; n++) {
    const name = names[n % names.length]!
    const one = honest()[draw(2)]!
    const mutated = MUTATIONS[name]!(one, draw)
    const answer = await opened(sent(mutated), door, async () => {
      handled += 1
      return new Response('in')
    })
    counts[name] = (counts[name] ?? 0) + (answer.status === 401 ? 1 : 0)
    if (answer.status !== 401 || (await answer.text()) !== '') throw new Error(`${name}, number ${n}: ${answer.status}`)
  }
  expect(handled).toBe(0)
  expect(Object.values(counts).reduce((a, b) => a + b)).toBe(10_000)
})

test('the same requests as they were are let in', async () => {
  for (const one of honest()) {
    const answer = await opened(sent(one), door, async (body) => new Response(body))
    expect([answer.status, await answer.text()]).toEqual([200, one.body.toString('utf8')])
  }
})

test('a body that never ends is not read, signed or not', async () => {
  const endless = new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(64 * 1024)) })
  const request = new Request('http://door/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
  expect((await opened(request, door, async () => new Response('in'))).status).toBe(413)
})

test('no more of it is read than 512 KB, and that much is', async () => {
  const most = 512 * 1024
  const size = async (bytes: number) => {
    const one = bytesOf(signed(slack.signingSecret, 'x'.repeat(bytes)))
    return (await opened(sent(one), door, async (body) => new Response(String(body.length)))).status
  }
  expect([await size(most), await size(most + 1)]).toEqual([200, 413])
  let read = 0
  const endless = new ReadableStream({
    pull: (to) => {
      read += 64 * 1024
      to.enqueue(new Uint8Array(64 * 1024))
    },
  })
  const request = new Request('http://door/', { method: 'POST', body: endless, duplex: 'half' } as RequestInit)
  await opened(request, door, async () => new Response('in'))
  expect(read).toBeLessThanOrEqual(2 * most)
})

test.each([
  '',
  'payload=',
  'payload=%7B',
  'payload=[]',
  'payload=null',
  'payload={"type":"block_actions","user":{"id":"root"}}',
])('what Slack signed and makes no sense (%s) changes nothing', async (body) => {
  const answer = await interactive(sent(bytesOf(signed(slack.signingSecret, body))), door, null as never)
  expect(answer.status).toBe(400)
})
