import { blobOid } from '../../domain/gitTree.ts'
import type { Entry, Oid } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { BlobAnswer, parsed } from './answers.ts'
import { blobsInArchive } from './archive.ts'
import type { Api } from './client.ts'
import type { GithubRepository } from './repository.ts'

/** Asked for at once; GitHub allows a hundred. */
const AT_ONCE = 8
/** From so many on one archive is cheaper than a request each. */
const MANY = 25

/** Bytes by object id, hashed again: what is not what its name says is refused. */
export async function blobOf(repository: GithubRepository, api: Api, oid: Oid): Promise<Buffer> {
  const found = repository.blobs.get(oid)
  if (found) return found
  const missing = new Fault('CODE_UNREACHABLE', `There is no blob ${oid.slice(0, 12)}.`)
  if (!/^[0-9a-f]{40}$/.test(oid)) throw missing
  const path = 'GET /repos/{owner}/{repo}/git/blobs/{file_sha}'
  const answer = await api.call(path, { file_sha: oid }, { accept: [404, 422] })
  if (answer.status !== 200) throw missing
  const bytes = Buffer.from(parsed(BlobAnswer, answer.data, 'blob').content, 'base64')
  if (blobOid(bytes) !== oid)
    throw new Fault('CODE_UNREACHABLE', `Blob ${oid.slice(0, 12)} does not hold what its name says.`)
  repository.blobs.set(oid, bytes)
  return bytes
}

/** Many, in the order asked for: from an archive of a commit that was listed where there is one, the rest one by one. */
export async function blobsOf(
  repository: GithubRepository,
  api: Api,
  entries: Pick<Entry, 'oid' | 'size'>[],
): Promise<Buffer[]> {
  const found = new Map<Oid, Buffer>()
  for (const { oid } of entries) {
    const known = repository.blobs.get(oid)
    if (known) found.set(oid, known)
  }
  const missing = () => [...new Set(entries.map(({ oid }) => oid))].filter((oid) => !found.has(oid))
  const wanted = missing()
  const source =
    wanted.length >= MANY ? repository.sources.first(({ oids }) => wanted.every((oid) => oids.has(oid))) : undefined
  if (source) {
    const there = await blobsInArchive(api, source.sha, new Set(wanted))
    for (const [oid, bytes] of there) found.set(oid, keep(repository, oid, bytes))
  }
  const rest = missing()
  // The first failure ends all of them.
  const next = rest.values()
  const worker = async () => {
    for (const oid of next) found.set(oid, await blobOf(repository, api, oid))
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, rest.length) }, worker))
  return entries.map(({ oid }) => found.get(oid)!)
}

function keep(repository: GithubRepository, oid: Oid, bytes: Buffer): Buffer {
  repository.blobs.set(oid, bytes)
  return bytes
}
