import type { Project } from '../domain/project.ts'
import { decodeBody } from '../parse/body.ts'
import { countDrained, readDrain } from '../parse/vercelDrain.ts'
import { isSigned } from '../parse/vercelSignature.ts'
import { countRequests } from '../store/drains.ts'
import { projects } from '../store/projects.ts'
import type { Reader } from '../world.ts'

export interface Batch {
  signature: string | null
  encoding: string | null
  /** The body as sent, or null when it was larger than `DRAIN_BYTES`. */
  body: Buffer | null
}

export type Drained = { status: 200; counted: number } | { status: 400 | 401 | 413 | 415; why: string }

/** As sent, and after decompression. */
export const DRAIN_BYTES = 4 * 1024 * 1024
const INFLATED_BYTES = 16 * 1024 * 1024

/**
 * One batch of a log drain: verify → decompress under a cap → count → 200. Nothing of the lines is kept but counts and,
 * for an hour, the names of requests. Whether a compressed batch is signed as sent or as it was before is not documented,
 * so either is taken; both need the secret.
 */
export async function receiveDrain(
  world: Pick<Reader, 'sql' | 'clock'>,
  secret: string,
  batch: Batch,
): Promise<Drained> {
  if (!batch.body) return { status: 413, why: `more than ${DRAIN_BYTES} bytes` }
  const wire = isSigned(batch.body, batch.signature, secret)
  // Unsigned bytes are inflated only where that may still show that they are signed.
  if (!wire && !(batch.encoding && /^[0-9a-f]{40}$/.test(batch.signature ?? ''))) return { status: 401, why: UNSIGNED }
  const body = await decodeBody(batch.body, batch.encoding, INFLATED_BYTES)
  if (!wire && !(body.ok && isSigned(body.bytes, batch.signature, secret))) return { status: 401, why: UNSIGNED }
  if (!body.ok) {
    const status = { 'too-large': 413, unsupported: 415, malformed: 400 } as const
    return { status: status[body.reason], why: body.why }
  }
  const requests = readDrain(body.bytes.toString('utf8'), world.clock.now())
  if (!requests) return { status: 400, why: 'neither a JSON array nor JSON lines' }
  let counted = 0
  for (const [id, project] of await byVercelId(world)) {
    const ours = requests.filter((request) => request.project === id)
    if (ours.length > 0) counted += await countRequests(world.sql, project.id, ours, countDrained)
  }
  return { status: 200, counted }
}

const UNSIGNED = 'not signed with our secret'

/** Projects by their id at Vercel. */
export async function byVercelId({ sql }: Pick<Reader, 'sql'>): Promise<Map<string, Project>> {
  const found = new Map<string, Project>()
  for (const project of await projects(sql)) {
    const id = project.settings.vercel?.project
    if (id) found.set(id, project)
  }
  return found
}
