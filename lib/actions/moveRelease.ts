import type { ISql } from 'postgres'
import { RELEASE_MOVES, type Release, type ReleaseFacts, type ReleaseState } from '../domain/release.ts'
import type { Lease } from '../domain/work.ts'
import { Fault } from '../errors.ts'
import { OVERTAKEN } from '../policy/overtaken.ts'
import { note } from '../store/audit.ts'
import { supersedeFix, withdrawFix } from '../store/fixes.ts'
import { archiveSeenOn, closeIssue } from '../store/issues.ts'
import { isOccupied, moveRelease as move, wakeParked } from '../store/releases.ts'
import { addWork } from '../store/work.ts'
import type { Actor } from '../world.ts'

/** Legal moves only, by compare-and-swap under the lease, with the audit row; what an end means for its issue goes with it. */
export async function moveRelease(
  world: Pick<Actor, 'sql' | 'clock' | 'ring'>,
  lease: Lease,
  release: Release,
  becomes: ReleaseState,
  facts: ReleaseFacts,
): Promise<'moved' | 'lost' | 'occupied'> {
  const stays = becomes === release.state
  if (!stays && !RELEASE_MOVES[release.state].includes(becomes))
    throw new Fault('ILLEGAL_MOVE', `${release.state} → ${becomes}`)
  const entered = stays ? facts.entered : { ...facts.entered, [becomes]: world.clock.now().toISOString() }
  const { waiting, refused, ...rest } = facts
  const next: ReleaseFacts = { ...rest, entered }
  if (waiting && (stays || becomes === 'held')) next.waiting = waiting
  if (refused && stays) next.refused = refused
  let moved = 'lost' as 'moved' | 'lost' | 'occupied'
  try {
    await world.sql.begin(async (tx) => {
      if (!(await move(tx, lease, release.id, release.state, becomes, next))) return
      moved = 'moved'
      if (!stays) await ends(tx, lease, release, becomes, next)
    })
  } catch (error) {
    // Caught out here: a transaction that met it is over.
    if (!isOccupied(error)) throw error
    moved = 'occupied'
  }
  if (moved === 'moved' && becomes === 'rolled-back') world.ring('implementer')
  if (moved === 'moved' && (becomes === 'relapsed' || becomes === 'overtaken')) world.ring('investigator')
  return moved
}

async function ends(tx: ISql, lease: Lease, release: Release, state: ReleaseState, facts: ReleaseFacts): Promise<void> {
  const { project, issue, fix } = release
  if (state === 'cured') await closeIssue(tx, issue, 'cured')
  if (state === 'watching' || state === 'rolled-back') await wakeParked(tx, project)
  if (state === 'overtaken') {
    await supersedeFix(tx, lease, fix, facts.back?.why ?? OVERTAKEN)
    await addWork(tx, `issue:${issue}`, project, 'investigator')
  }
  // It ships on, and the fault goes on: the next attempt starts from what production runs now.
  if (state === 'relapsed') await addWork(tx, `issue:${issue}`, project, 'investigator')
  if (state !== 'rolled-back') return
  const why = facts.back?.why ?? 'It was rolled back.'
  await withdrawFix(tx, lease, fix, why)
  const archived = facts.mainSha ? await archiveSeenOn(tx, project, facts.mainSha, issue) : []
  await addWork(tx, `issue:${issue}`, project, 'implementer')
  await note(tx, project, 'releaser', 'issue.reopened', { issue, fix, release: release.id, why, archived })
}
