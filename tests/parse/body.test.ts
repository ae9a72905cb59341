import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeBody } from '../../lib/parse/body.ts'

const CAP = 64 * 1024
const plain = Buffer.from('{"type":"event"}\n'.repeat(50))
const bomb = Buffer.alloc(20 * 1024 * 1024)

const encoded: [string, (bytes: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })],
  ['zstd', zstdCompressSync],
]

test.each(encoded)('decodes %s', async (encoding, encode) => {
  expect(await decodeBody(encode(plain), ` ${encoding.toUpperCase()} `, CAP)).toEqual({ ok: true, bytes: plain })
})

test.each(encoded)('a %s bomb ends at the cap', async (encoding, encode) => {
  expect(await decodeBody(encode(bomb), encoding, CAP)).toMatchObject({ ok: false, reason: 'too-large' })
})

test.each(encoded)('cut %s is malformed', async (encoding, encode) => {
  const whole = encode(plain)
  expect(await decodeBody(whole.subarray(0, whole.length - 6), encoding, CAP)).toMatchObject({ reason: 'malformed' })
})

test.each(['gzip', 'deflate', 'br', 'zstd'])('noise and nothing are not %s', async (encoding) => {
  expect(await decodeBody(Buffer.from('not compressed at all'), encoding, CAP)).toMatchObject({ reason: 'malformed' })
  expect(await decodeBody(Buffer.alloc(0), encoding, CAP)).toMatchObject({ reason: 'malformed' })
})

test('many small gzip members together stay under the cap', async () => {
  const members = Buffer.concat(Array.from({ length: 40 }, () => gzipSync(Buffer.alloc(4 * 1024))))
  expect(await decodeBody(members, 'gzip', CAP)).toMatchObject({ reason: 'too-large' })
})

test('a zstd frame that asks for a 64 MiB window is refused', async () => {
  const wide = zstdCompressSync(bomb, {
    params: { [constants.ZSTD_c_windowLog]: 26, [constants.ZSTD_c_contentSizeFlag]: 0 },
  })
  expect(await decodeBody(wide, 'zstd', bomb.length)).toMatchObject({ reason: 'malformed' })
})

test('without an encoding the bytes pass, under the same cap', async () => {
  expect(await decodeBody(plain, null, CAP)).toEqual({ ok: true, bytes: plain })
  expect(await decodeBody(plain, 'identity', CAP)).toEqual({ ok: true, bytes: plain })
  expect(await decodeBody(Buffer.alloc(CAP + 1), null, CAP)).toMatchObject({ reason: 'too-large' })
})

test.each(['compress', 'gzip, br', 'constructor', '__proto__', 'zip'])('%s is unsupported', async (encoding) => {
  expect(await decodeBody(plain, encoding, CAP)).toMatchObject({ ok: false, reason: 'unsupported' })
})
