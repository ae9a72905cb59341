import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { blobOid } from '../../domain/gitTree.ts'
import type { Oid, Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import type { Api } from './client.ts'
import { said } from './failures.ts'

/** Bytes of an archive, unpacked; more is no repository a sandbox is given. */
const UNPACKED_MAX = 512 * 1024 * 1024
const ARCHIVE_MS = 120_000
const BLOCK = 512

/**
 * The wanted blobs out of one archive of a commit. Each is known by its hash, so names in the archive lead nowhere and
 * what attributes of the repository changed or left out is simply not found. The archive is on another host, which is
 * shown no credentials and may lead no further.
 */
export async function blobsInArchive(
  api: Api,
  sha: Sha,
  wanted: Set<Oid>,
  most = UNPACKED_MAX,
): Promise<Map<Oid, Buffer>> {
  const answer = await api.call('GET /repos/{owner}/{repo}/tarball/{ref}', { ref: sha }, { accept: [302] })
  const location = URL.parse(String(answer.headers.location ?? ''))
  if (answer.status !== 302 || !location || !isFit(location))
    throw new Fault('CODE_UNREACHABLE', 'GitHub names no archive of the commit.')
  try {
    const response = await fetch(location, { redirect: 'error', signal: AbortSignal.timeout(ARCHIVE_MS) })
    if (!response.ok || !response.body) throw new Error(`the archive was answered with ${response.status}`)
    const found = new Map<Oid, Buffer>()
    for await (const bytes of filesIn(unpacked(response.body, most))) {
      const oid = blobOid(bytes)
      if (wanted.has(oid)) found.set(oid, bytes)
    }
    return found
  } catch (error) {
    throw new Fault('CODE_UNREACHABLE', said(error instanceof Error ? error.message : String(error)))
  }
}

/** On this machine alone an address may do without TLS. */
const isFit = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && /^(?:127\.0\.0\.1|localhost|\[::1\])$/.test(hostname))

async function* unpacked(body: ReadableStream<Uint8Array>, most: number): AsyncGenerator<Buffer> {
  const gunzip = createGunzip()
  // Whatever goes wrong on the way in destroys it, and is thrown where it is read.
  pipeline(Readable.fromWeb(body as never), gunzip, () => undefined)
  let taken = 0
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    taken += chunk.length
    if (taken > most) throw new Error('the archive is larger than is read')
    yield chunk
  }
}

/** Contents of the plain files of a tar, one after the other. Headers of other kinds (links, folders, names) are passed. */
export async function* filesIn(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = []
  let length = 0
  /** Null: a header is next. Otherwise so many bytes of a body, and what fills its last block. */
  let body: { size: number; padded: number; plain: boolean } | null = null
  for await (const chunk of chunks) {
    held.push(chunk)
    length += chunk.length
    for (;;) {
      const needed: number = body ? body.padded : BLOCK
      if (length < needed) break
      const all = held.length === 1 ? held[0]! : Buffer.concat(held)
      const part = all.subarray(0, needed)
      held = all.length > needed ? [all.subarray(needed)] : []
      length -= needed
      if (body) {
        if (body.plain) yield Buffer.from(part.subarray(0, body.size))
        body = null
      } else body = headerOf(part)
    }
  }
  if (body || length > 0) throw new Error('the archive breaks off')
}

function headerOf(block: Buffer): { size: number; padded: number; plain: boolean } | null {
  const text = block
    .toString('latin1', 124, 136)
    .replace(/[\0 ]+$/, '')
    .trim()
  if (block.every((byte) => byte === 0)) return null
  if (!/^[0-7]{1,12}$/.test(text)) throw new Error('the archive has a header that cannot be read')
  const size = Number.parseInt(text, 8)
  if (size > UNPACKED_MAX) throw new Error('the archive is larger than is read')
  const type = block.toString('latin1', 156, 157)
  return { size, padded: Math.ceil(size / BLOCK) * BLOCK, plain: type === '0' || type === '\0' }
}
