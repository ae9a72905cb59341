import { createHash } from 'node:crypto'
import type { ISql } from 'postgres'

/** Content by its hash: whoever reads it can check that it is what was proven. */
export async function putBlob(sql: ISql, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await sql`insert into blobs (sha256, bytes) values (${sha256}, ${Buffer.from(bytes)}) on conflict do nothing`
  return sha256
}

export async function getBlob(sql: ISql, sha256: string): Promise<Buffer | null> {
  const [row] = await sql<{ bytes: Buffer }[]>`select bytes from blobs where sha256 = ${sha256}`
  if (!row || createHash('sha256').update(row.bytes).digest('hex') !== sha256) return null
  return row.bytes
}
