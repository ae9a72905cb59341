import { createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'

/** A request to a door, as it is on the wire. */
export interface Knock {
  headers: Record<string, string>
  body: Buffer
}

/** How a door knows its callers. */
export interface Door {
  header: string
  /** What the header says of a body under a secret. */
  sign(secret: string, body: Buffer): string
  secret: string
}

type Dice = (n: number) => number
type Mutation = (knock: Knock, dice: Dice, door: Door) => Knock

/** Seeded, so that a failure can be tried again. */
export function dice(seed: number): Dice {
  let state = seed
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

const body = ({ headers }: Knock, bytes: Buffer): Knock => ({ headers, body: bytes })
const says = (knock: Knock, door: Door, value: string): Knock => ({
  ...knock,
  headers: { ...knock.headers, [door.header]: value },
})
const without = ({ headers, body: bytes }: Knock, name: string): Knock => {
  const { [name]: _, ...rest } = headers
  return { headers: rest, body: bytes }
}
const said = (knock: Knock, door: Door): string => knock.headers[door.header]!

/** Of the header that tells who calls: for doors that know them by a word, and for those with signatures. */
export const OF_THE_HEADER: Record<string, Mutation> = {
  'no header': (k, _, d) => without(k, d.header),
  'an empty one': (k, _, d) => says(k, d, ''),
  'a letter changed': (k, n, d) => {
    const at = n(said(k, d).length)
    const other = [...'0123456789abcdefXYZ'].filter((one) => one.toLowerCase() !== said(k, d)[at]!.toLowerCase())
    return says(k, d, said(k, d).slice(0, at) + other[n(other.length)]! + said(k, d).slice(at + 1))
  },
  cut: (k, n, d) => says(k, d, said(k, d).slice(0, n(said(k, d).length))),
  longer: (k, n, d) => says(k, d, `${said(k, d)}${'0123456789abcdef'[n(16)]}`),
  'without its beginning': (k, n, d) => says(k, d, said(k, d).slice(1 + n(8))),
  backwards: (k, _, d) => says(k, d, [...said(k, d)].reverse().join('')),
  'in capitals, or not': (k, _, d) => {
    const other = said(k, d).toUpperCase() === said(k, d) ? said(k, d).toLowerCase() : said(k, d).toUpperCase()
    return says(k, d, other === said(k, d) ? '' : other)
  },
  'with another in front': (k, n, d) => says(k, d, `${d.sign(`s${n(1e9)}`, k.body)}, ${said(k, d)}`),
  'with another behind': (k, n, d) => says(k, d, `${said(k, d)}, ${d.sign(`s${n(1e9)}`, k.body)}`),
  'under another name': (k, n, d) => {
    const names = [`x-${d.header}`, `${d.header}-2`, 'x-signature', 'x-hub-signature', 'x-forwarded-authorization']
    return { ...without(k, d.header), headers: { ...without(k, d.header).headers, [names[n(5)]!]: said(k, d) } }
  },
  'in quotes': (k, _, d) => says(k, d, `"${said(k, d)}"`),
  'by another secret': (k, n, d) => says(k, d, d.sign(`${d.secret}${n(1e9)}`, k.body)),
  'by no secret': (k, _, d) => says(k, d, d.sign('', k.body)),
  'words of JavaScript': (k, n, d) => says(k, d, ['null', 'undefined', 'true', '[object Object]', 'NaN'][n(5)]!),
}

/** Of what is signed. */
export const OF_THE_BODY: Record<string, Mutation> = {
  'a bit': (k, n) => {
    const copy = Buffer.from(k.body)
    const at = n(copy.length)
    copy[at] = copy[at]! ^ (1 << n(8))
    return body(k, copy)
  },
  'cut off': (k, n) => body(k, k.body.subarray(0, n(k.body.length))),
  'something behind': (k, n) => body(k, Buffer.concat([k.body, Buffer.from([n(256)])])),
  'something in front': (k) => body(k, Buffer.concat([Buffer.from(' '), k.body])),
  'a mark of byte order': (k) => body(k, Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), k.body])),
  'a byte left out': (k, n) => {
    const at = n(k.body.length)
    return body(k, Buffer.concat([k.body.subarray(0, at), k.body.subarray(at + 1)]))
  },
  twice: (k) => body(k, Buffer.concat([k.body, k.body])),
  'as other bytes of the same text': (k) => body(k, Buffer.from(k.body.toString('utf8'), 'utf16le')),
  'the same JSON in other words': (k) => body(k, Buffer.from(JSON.stringify(JSON.parse(k.body.toString()), null, 1))),
  'compressed, its signature of something else': (k, n, d) => {
    const one = says(body(k, gzipSync(k.body)), d, d.sign(d.secret, Buffer.from(String(n(1e9)))))
    return { ...one, headers: { ...one.headers, 'content-encoding': 'gzip' } }
  },
  'signed by another hash': (k, n, d) => {
    const hash = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'][n(5)]!
    const value = createHmac(hash, d.secret).update(k.body).digest('hex')
    const plain = said(k, d).includes('=') ? `${hash}=${value}` : value
    return says(k, d, plain === said(k, d) ? `${plain}0` : plain)
  },
}

export const isSame = (a: Knock, b: Knock): boolean =>
  a.body.equals(b.body) && JSON.stringify(a.headers) === JSON.stringify(b.headers)

/** So many requests, each another than every honest one; each kind of change as often as the others. */
export function* mutated(honest: Knock[], door: Door, kinds: Record<string, Mutation>, count: number) {
  const draw = dice(20_261_129)
  const names = Object.keys(kinds)
  for (let n = 0; n < count; ) {
    const one = honest[draw(honest.length)]!
    const name = names[n % names.length]!
    const knock = kinds[name]!(one, draw, door)
    // What changed nothing is drawn again, by another kind if it never does.
    if (honest.some((good) => isSame(good, knock))) {
      names.splice(n % names.length, 1, names[(n + 1) % names.length]!)
      continue
    }
    n += 1
    yield { name, knock }
  }
}
