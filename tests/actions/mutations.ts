import { randomInt } from 'node:crypto'

/** A signed request, and ways to spoil it that leave it looking like one. */
export interface Signed {
  body: Buffer
  signature: string | null
}

type Mutation = (good: Signed) => Signed

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes)
  copy[at] = copy[at]! ^ (1 << randomInt(8))
  return copy
}
const spliced = (bytes: Buffer, from: number, removed: number, put: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + removed)])
const HEX = '0123456789abcdef'

const MUTATIONS: Mutation[] = [
  ({ body, signature }) => ({ body: flipped(body, randomInt(body.length)), signature }),
  ({ body, signature }) => ({ body: body.subarray(0, randomInt(body.length)), signature }),
  ({ body, signature }) => ({ body: spliced(body, randomInt(body.length), 0, Buffer.from(' ')), signature }),
  ({ body, signature }) => ({ body: spliced(body, randomInt(body.length), 1, Buffer.alloc(0)), signature }),
  ({ body, signature }) => ({ body: Buffer.concat([body, Buffer.from('\n')]), signature }),
  ({ body, signature }) => ({ body: Buffer.concat([body, body]), signature }),
  ({ body, signature }) => {
    const at = randomInt(40)
    const other = HEX[(HEX.indexOf(signature![at]!) + 1 + randomInt(15)) % 16]!
    return { body, signature: signature!.slice(0, at) + other + signature!.slice(at + 1) }
  },
  ({ body, signature }) => ({ body, signature: signature!.slice(0, randomInt(40)) }),
  ({ body, signature }) => ({ body, signature: `${signature}0` }),
  ({ body, signature }) => ({ body, signature: `sha1=${signature}` }),
  ({ body, signature }) => ({
    body,
    signature: [...signature!].reverse().join('') === signature ? null : [...signature!].reverse().join(''),
  }),
  ({ body }) => ({ body, signature: null }),
  ({ body }) => ({ body, signature: '' }),
  ({ body }) => ({ body, signature: '0'.repeat(40) }),
]

/** So many spoilt requests, each different from the good one. */
export function* spoilt(good: Signed, count: number): Generator<Signed> {
  for (let made = 0; made < count; ) {
    const one = MUTATIONS[made % MUTATIONS.length]!(good)
    if (one.body.equals(good.body) && one.signature === good.signature) continue
    made += 1
    yield one
  }
}
