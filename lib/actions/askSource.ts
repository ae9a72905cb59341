import type { Project } from '../domain/project.ts'
import type { Poll } from '../domain/source.ts'
import { Fault } from '../errors.ts'
import { askSourceIn } from '../policy/askSource.ts'
import { ingestTarget } from '../store/projects.ts'
import { moveSource, sourceAt } from '../store/sources.ts'
import type { Reader, Source } from '../world.ts'
import { isForeign, keepEvents, type Redacted, redactedFor } from './keepEvents.ts'
import { noticeFindings } from './noticeFindings.ts'

/** What asking a source came to: `early`: it is not due. `kept`: events that are new here. */
export type Asked = { kept: number; more: boolean } | 'early'

/**
 * Asks a source for what came since its cursor, and stores that and the new cursor in one transaction: a worker that is
 * killed leaves both as they were, and the next one is told the same again. `busy`: gaps are not filled up now.
 */
export async function askSource(
  world: Pick<Reader, 'sql' | 'clock' | 'ownMark'>,
  project: Project,
  source: Source,
  busy = false,
): Promise<Asked> {
  const { sql, clock } = world
  const before = await sourceAt(sql, project.id, source.kind)
  if (!before.due || (busy && before.more)) return 'early'
  const target = await ingestTarget(sql, project.ingestNo)
  if (!target) throw new Fault('NOT_FOUND', project.slug)
  const poll = await source.poll(before.cursor)
  const events = redactedFor(
    target,
    poll.events.filter(({ body }) => isForeign(world, body)),
  )
  const now = clock.now()
  const fails = poll.trouble ? before.fails + 1 : 0
  const kept = await sql.begin(async (tx) => {
    const stored = await keepEvents(tx, target, events, source.kind)
    if (poll.findings) await noticeFindings(tx, project, source.kind, poll.findings, now)
    await moveSource(tx, project.id, before.cursor, {
      ...{ kind: source.kind, cursor: poll.cursor, readUntil: poll.readUntil, more: poll.more, fails },
      ...{ lagMs: lagOf(stored, now), inMs: askSourceIn(poll, fails, now) },
      ...stateOf(poll),
    })
    return stored.length
  })
  return { kept, more: poll.more }
}

const stateOf = ({ trouble }: Poll) =>
  trouble ? { state: trouble.state, why: trouble.why.slice(0, 500) } : { state: 'ok' as const, why: null }

/** The longest that one of them took from there to here; null where none was new. */
function lagOf(stored: Redacted[], now: Date): number | null {
  const lags = stored.map(({ at }) => Math.max(0, now.getTime() - (at ?? now).getTime()))
  return lags.length === 0 ? null : Math.min(Math.max(...lags), 2 ** 31 - 1)
}
