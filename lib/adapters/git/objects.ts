import { createHash } from 'node:crypto'
import type { Oid } from '../../domain/tree.ts'
import { Fault } from '../../errors.ts'
import { git } from './spawn.ts'

interface GitObject {
  type: string
  bytes: Buffer
}

/**
 * Objects by id in one call; those that are not there are left out. Every one is hashed again: git believes its packs
 * and most loose files, and whoever can write a repository's folder could put one object under another's name.
 */
export async function readObjects(
  dir: string,
  oids: Oid[],
  env: Record<string, string> = {},
): Promise<Map<Oid, GitObject>> {
  const found = new Map<Oid, GitObject>()
  if (oids.length === 0) return found
  const { stdout } = await git(dir, ['cat-file', '--batch'], { input: `${oids.join('\n')}\n`, env })
  for (let from = 0; from < stdout.length; ) {
    const end = stdout.indexOf('\n', from)
    if (end < 0) break
    const [oid = '', type = '', size] = stdout.subarray(from, end).toString('latin1').split(' ')
    from = end + 1
    if (size === undefined) continue
    const bytes = stdout.subarray(from, from + Number(size))
    from += bytes.length + 1
    if (oidOf(type, bytes, oid.length) !== oid)
      throw new Fault('CODE_UNREACHABLE', `Object ${oid.slice(0, 12)} does not hold what its name says.`)
    found.set(oid, { type, bytes })
  }
  return found
}

/** The id git gives it: 40 digits are SHA-1, 64 are SHA-256. */
export const oidOf = (type: string, bytes: Buffer, digits: number): Oid =>
  createHash(digits === 64 ? 'sha256' : 'sha1')
    .update(`${type} ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
