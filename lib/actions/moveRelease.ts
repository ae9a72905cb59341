import { RELEASE_MOVES, type Release, type ReleaseFacts, type ReleaseState } from '../domain/release.ts'
import type { Lease } from '../domain/work.ts'
import { Fault } from '../errors.ts'
import { closeIssue } from '../store/issues.ts'
import { moveRelease as move } from '../store/releases.ts'
import type { Actor } from '../world.ts'

/** Legal moves only, by compare-and-swap under the lease, with the audit row; a cure closes its issue with it. */
export async function moveRelease(
  world: Pick<Actor, 'sql' | 'clock'>,
  lease: Lease,
  release: Release,
  becomes: ReleaseState,
  facts: ReleaseFacts,
): Promise<'moved' | 'lost' | 'occupied'> {
  const stays = becomes === release.state
  if (!stays && !RELEASE_MOVES[release.state].includes(becomes))
    throw new Fault('ILLEGAL_MOVE', `${release.state} → ${becomes}`)
  const entered = stays ? facts.entered : { ...facts.entered, [becomes]: world.clock.now().toISOString() }
  const { waiting, ...rest } = facts
  const next: ReleaseFacts = { ...rest, entered, ...(waiting && (stays || becomes === 'held') ? { waiting } : {}) }
  return world.sql.begin(async (tx) => {
    const moved = await move(tx, lease, release.id, release.state, becomes, next)
    if (moved === 'moved' && becomes === 'cured') await closeIssue(tx, release.issue, 'cured')
    return moved
  }) as Promise<'moved' | 'lost' | 'occupied'>
}
