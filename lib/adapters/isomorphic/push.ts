import * as git from 'isomorphic-git'
import type { Sha } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { ask, clientWith } from './http.ts'
import { packOf } from './pack.ts'
import { faulted, has, remoteHead, type Store } from './store.ts'

const NONE = '0'.repeat(40)
const ANSWER_MAX = 64 * 1024
const BUSY = /lock|already exists|failed to update/i
const AGAIN_MS = [100, 400, 1000]

/**
 * A compare-and-set, written by hand: what the library's own push compares with is what it saw a moment before, not what
 * was decided about, and it sends every file of the tree. What an answer, or none, means is read off the branch.
 */
export async function push(store: Store, branch: string, sha: Sha, expected: Sha | null): Promise<'pushed' | 'moved'> {
  const told = await faulted(store, () => send(store, branch, sha, expected)).catch((error: unknown) => {
    if (error instanceof Fault) return error
    throw error
  })
  if (told === null) return 'pushed'
  let head = await look(store, branch, told)
  for (const ms of told instanceof Fault || !BUSY.test(told) ? [] : AGAIN_MS) {
    if (head !== expected) break
    await new Promise((resolve) => setTimeout(resolve, ms))
    head = await look(store, branch, told)
  }
  if (head === sha) return 'pushed'
  if (head !== expected) return head && (await isSameWork(store, head, sha)) ? 'pushed' : 'moved'
  throw told instanceof Fault ? told : new Fault('BRANCH_PROTECTED', `${branch} stays where it is: ${told}`)
}

/** Another try's commit of the same plan: in a function the key that signs may be gone with its folder. */
async function isSameWork(store: Store, one: Sha, other: Sha): Promise<boolean> {
  if (!(await has(store, one))) return false
  const [mine, theirs] = await Promise.all([one, other].map((oid) => git.readCommit({ ...store, oid })))
  const work = ({ tree, parent, message }: git.CommitObject) => JSON.stringify([tree, parent, message.trimEnd()])
  return work(mine!.commit) === work(theirs!.commit)
}

const look = (store: Store, branch: string, told: Fault | string) =>
  remoteHead(store, branch).catch((error: unknown) => {
    throw told instanceof Fault ? told : error
  })

/** Null: done. Otherwise why not, in the host's words. */
async function send(store: Store, branch: string, sha: Sha, expected: Sha | null): Promise<string | null> {
  const headers = await store.headers()
  const url = store.address.remote.replace(/\/$/, '')
  const theirs = await git.listServerRefs({
    ...{ http: clientWith(store.cafile), url, headers, forPush: true, protocolVersion: 1 },
  })
  const ref = `refs/heads/${branch}`
  const now = theirs.find((one) => one.ref === ref)?.oid ?? null
  if (now !== expected) return 'it is elsewhere'
  const pack = await packOf(store, sha, new Set(theirs.map(({ oid }) => oid)))
  const command = line(`${expected ?? NONE} ${sha} ${ref}\0 report-status agent=nightshift\n`)
  const answer = await ask(
    {
      ...{ url: `${url}/git-receive-pack`, method: 'POST', body: [command, Buffer.from('0000'), pack] },
      headers: {
        ...{ ...headers, 'content-type': 'application/x-git-receive-pack-request' },
        ...{ accept: 'application/x-git-receive-pack-result' },
      },
    },
    store.cafile,
  )
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += chunk.length
    if (size <= ANSWER_MAX) chunks.push(chunk)
  }
  if (answer.status !== 200) throw Object.assign(new Error('refused'), { data: { statusCode: answer.status } })
  return reportOf(Buffer.concat(chunks), ref)
}

const line = (text: string): Buffer => Buffer.from((Buffer.byteLength(text) + 4).toString(16).padStart(4, '0') + text)

/** `unpack ok`, then `ok <ref>` or `ng <ref> <why>`, each with its length before it. */
function reportOf(report: Buffer, ref: string): string | null {
  const lines: string[] = []
  for (let at = 0; at + 4 <= report.length; ) {
    const length = Number.parseInt(report.toString('latin1', at, at + 4), 16)
    if (!(length > 4)) break
    lines.push(report.toString('utf8', at + 4, at + length).trim())
    at += length
  }
  if (lines.includes('unpack ok') && lines.includes(`ok ${ref}`)) return null
  const why =
    lines.find((one) => one.startsWith(`ng ${ref} `))?.slice(ref.length + 4) ?? lines[0] ?? 'it gives no reason'
  return why.replace(/\p{Cc}/gu, ' ').slice(0, 300)
}
