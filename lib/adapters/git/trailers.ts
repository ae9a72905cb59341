import type { Anchor } from '../../domain/audit.ts'
import { openLocal } from './local.ts'

/** Commits looked through, the newest of all branches. */
const MOST = 10_000
const TRAILER = '%(trailers:key=Nightshift-Audit,valueonly,separator=%x20)'

/** Where commits of ours, in any repository on this machine, say that the audit stood when they were made. */
export async function commitAnchors(path: string): Promise<Anchor[]> {
  const repository = await openLocal(path)
  try {
    const lines = await repository.log(`%H %cn%x00${TRAILER}`, MOST)
    return lines.flatMap((line): Anchor[] => {
      // What somebody else committed may carry our words along, and is no word of ours.
      const [, sha = '', seq, hash] = OURS.exec(line) ?? []
      return seq && hash ? [{ seq: Number(seq), hash, where: `commit ${sha.slice(0, 12)}` }] : []
    })
  } finally {
    await repository.close()
  }
}

const OURS = /^([0-9a-f]{40,64}) Nightshift\0(\d{1,15}) ([0-9a-f]{64})$/
