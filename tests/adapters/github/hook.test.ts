import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { signed } from '../../../emulators/github/hooks.ts'
import { type Heard, hear } from '../../../lib/actions/hear.ts'
import { githubHook } from '../../../lib/adapters/hook.github.ts'
import { hook } from '../../../lib/adapters/index.ts'

const SECRET = 'a secret that both sides know'
const TEXT = JSON.stringify({
  action: 'submitted',
  review: { state: 'approved', body: 'ok \u{1F44D} \uFFFD' },
  number: 7,
})
const BODY = Buffer.from(TEXT)
const honest = (): Heard => ({ body: BODY, signature: signed(SECRET, TEXT), delivery: randomUUID() })

function door(secret: string | null = SECRET) {
  const rung: string[] = []
  const seen = new Set<string>()
  const listen = (heard: Heard) =>
    hear(secret === null ? null : githubHook(secret), (agent) => rung.push(agent), seen, heard)
  return { rung, listen }
}

test('a signed delivery rings those who might care, once', async () => {
  const { rung, listen } = door()
  const heard = honest()
  expect(await listen(heard)).toEqual({ status: 202, detail: 'heard' })
  expect(await listen(heard)).toEqual({ status: 200, detail: 'heard before' })
  expect(rung).toEqual(['watcher', 'releaser'])
})

test.each<[string, Partial<Heard>, number]>([
  ['no signature', { signature: null }, 401],
  ['an empty signature', { signature: '' }, 401],
  ['another secret', { signature: signed('another secret', TEXT) }, 401],
  ['the old kind of signature', { signature: `sha1=${'a'.repeat(40)}` }, 401],
  ['the signature without its name', { signature: signed(SECRET, TEXT).slice(7) }, 401],
  ['upper case', { signature: signed(SECRET, TEXT).toUpperCase() }, 401],
  ['an empty body', { body: Buffer.alloc(0), signature: `sha256=${'0'.repeat(64)}` }, 401],
  ['a body that is too large', { body: null }, 413],
  ['no delivery', { delivery: null }, 400],
  ['a delivery that is no id', { delivery: '../../x' }, 400],
])('%s is refused and rings nobody', async (_, change, status) => {
  const { rung, listen } = door()
  expect((await listen({ ...honest(), ...change })).status).toBe(status)
  expect(rung).toEqual([])
})

test('bytes that are no text are not taken for the text they would be read as', async () => {
  const { rung, listen } = door()
  const at = BODY.indexOf(Buffer.from('\uFFFD'))
  const odd = Buffer.concat([BODY.subarray(0, at), Buffer.from([0xff]), BODY.subarray(at + 3)])
  expect(odd.toString('utf8')).toBe(TEXT)
  expect((await listen({ ...honest(), body: odd })).status).toBe(401)
  expect(rung).toEqual([])
})

test('without a secret there is no door', async () => {
  expect((await door(null).listen(honest())).status).toBe(404)
  expect(hook({ code: { kind: 'git', program: null, token: null, cafile: null, proxy: null } })).toBeNull()
  const github = { kind: 'github' as const, apiUrl: '', login: { kind: 'token' as const, token: 't' } }
  expect(hook({ code: { ...github, webhookSecret: null } })).toBeNull()
  expect(hook({ code: { ...github, webhookSecret: SECRET } })).not.toBeNull()
})

/** One change of a body or its signature: a bit, a byte, a cut, a repetition, two places swapped. */
function mutated(bytes: Buffer, roll: (n: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  const [at, other] = [roll(copy.length), roll(copy.length)]
  const kind = roll(6)
  if (kind === 0) copy[at]! ^= 1 << roll(8)
  else if (kind === 1) copy[at] = roll(256)
  else if (kind === 2) return copy.subarray(0, at)
  else if (kind === 3) return Buffer.concat([copy, copy.subarray(at)])
  else if (kind === 4) [copy[at], copy[other]] = [copy[other]!, copy[at]!]
  else return Buffer.concat([copy.subarray(0, at), Buffer.from([roll(256)]), copy.subarray(at)])
  return copy
}

test('of 10,000 mutated requests none is accepted', async () => {
  const { rung, listen } = door()
  let state = 1
  const roll = (n: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % n
  }
  let tried = 0
  let accepted = 0
  while (tried < 10_000) {
    const heard = honest()
    const ofBody = roll(2) === 0
    const body = ofBody ? mutated(BODY, roll) : BODY
    const signature = ofBody ? heard.signature! : mutated(Buffer.from(heard.signature!), roll).toString('latin1')
    if (body.equals(BODY) && signature === heard.signature) continue
    tried += 1
    if ((await listen({ ...heard, body, signature })).status < 300) accepted += 1
  }
  expect([accepted, rung]).toEqual([0, []])
})

test('what was heard is remembered up to a number, so that nobody fills the memory', async () => {
  const seen = new Set(Array.from({ length: 10_000 }, (_, i) => String(i)))
  expect(await hear(githubHook(SECRET), () => undefined, seen, honest())).toMatchObject({ status: 202 })
  expect(seen.size).toBe(1)
})
