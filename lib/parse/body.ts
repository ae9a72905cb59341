import { promisify } from 'node:util'
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib'

export type Body =
  | { ok: true; bytes: Buffer }
  | { ok: false; reason: 'too-large' | 'malformed' | 'unsupported'; why: string }

/** 8 MiB: a zstd frame may ask for a window of gigabytes, which is memory taken before any output is seen. */
const ZSTD_WINDOW_LOG = 23

type Decoder = (bytes: Buffer, maxOutputLength: number) => Promise<Buffer>

const decoders: Record<string, Decoder> = {
  gzip: (bytes, maxOutputLength) => promisify(gunzip)(bytes, { maxOutputLength }),
  'x-gzip': (bytes, maxOutputLength) => promisify(gunzip)(bytes, { maxOutputLength }),
  deflate: async (bytes, maxOutputLength) =>
    // Some senders leave out the zlib wrapper; its first byte always holds 8 in the low half.
    ((bytes[0] ?? 0) & 0x0f) === 8
      ? promisify(inflate)(bytes, { maxOutputLength })
      : promisify(inflateRaw)(bytes, { maxOutputLength }),
  br: (bytes, maxOutputLength) => promisify(brotliDecompress)(bytes, { maxOutputLength }),
  zstd: (bytes, maxOutputLength) =>
    promisify(zstdDecompress)(bytes, {
      maxOutputLength,
      params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
    }),
}

/**
 * Undoes one `content-encoding` (gzip, deflate, br, zstd, identity or none) under a cap on the output, off the main
 * thread: a bomb costs the cap and not the loop.
 * @param encoding the header as received; a list of encodings is refused, no SDK sends one.
 * @param cap bytes of output; the caller caps the input while reading it.
 */
export async function decodeBody(bytes: Buffer, encoding: string | null, cap: number): Promise<Body> {
  const name = (encoding ?? '').trim().toLowerCase()
  if (name === '' || name === 'identity') return sized(bytes, cap)
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined
  if (!decode) return { ok: false, reason: 'unsupported', why: 'content-encoding is not gzip, deflate, br or zstd' }
  try {
    return sized(await decode(bytes, cap), cap)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(cap)
      : { ok: false, reason: 'malformed', why: `the body is not valid ${name}` }
  }
}

const sized = (bytes: Buffer, cap: number): Body => (bytes.length <= cap ? { ok: true, bytes } : tooLarge(cap))

const tooLarge = (cap: number): Body => ({
  ok: false,
  reason: 'too-large',
  why: `the body is larger than ${cap} bytes`,
})
