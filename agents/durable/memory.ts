import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { Sql } from 'postgres'
import type { Lease } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { type DetachedKey, type DetachedRow, detachedAt, detachedEnded } from '../../lib/store/detached.ts'
import { newTurns } from './keys.ts'

/** What one step of an agent remembers across ticks. */
export interface Memory {
  sql: Sql
  lease: Lease
  turn: ReturnType<typeof newTurns>
  /** Milliseconds until this tick has to be over. */
  left(): number
}

export const newMemory = (sql: Sql, lease: Lease, until: number): Memory => ({
  ...{ sql, lease, turn: newTurns() },
  left: () => until - performance.now(),
})

/** What is known of it; from now on it has a row. */
export async function recall({ sql, lease }: Memory, what: DetachedKey): Promise<DetachedRow> {
  const row = await detachedAt(sql, lease, what)
  if (!row) throw new Fault('LEASE_LOST', lease.subject)
  return row
}

/** Its end, for this tick and later ones. */
export async function keep<T>({ sql, lease }: Memory, what: DetachedKey, result: T): Promise<T> {
  await detachedEnded(sql, lease, what, await promisify(gzip)(JSON.stringify(result)))
  return result
}

export const read = async <T>(result: Buffer): Promise<T> =>
  JSON.parse((await promisify(gunzip)(result)).toString('utf8')) as T

/** What a machine elsewhere is called by: the same for whoever takes the step up, and nobody else's. */
export const idOf = ({ lease }: Memory, { key, turn }: DetachedKey): string =>
  createHash('sha256')
    .update(JSON.stringify([lease.project, lease.subject, key, turn]))
    .digest('hex')
    .slice(0, 32)
