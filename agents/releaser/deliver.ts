import { perform } from '../../lib/actions/perform.ts'
import type { Notice } from '../../lib/domain/notice.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import { postponeDelivery, settleDelivery } from '../../lib/store/deliveries.ts'
import { triesOf } from '../../lib/store/effects.ts'
import { nextFor } from '../../lib/store/notices.ts'
import type { Actor, Channel, NotSent } from '../../lib/world.ts'
import { answerTo } from './tellAnswered.ts'

/** Of one delivery, which may be a few calls: a channel gives up within the half of it. */
const SECONDS = 40

/**
 * Passes the oldest notice on that this channel has not: an effect like any other, tried until a day has passed. A call
 * whose end nobody knows is asked about once its deadline is over, and sent again only if it did not arrive.
 * False: nothing was due.
 */
export async function deliver(world: Actor, lease: Lease, project: Project, channel: Channel): Promise<boolean> {
  const { sql } = world
  const { name, notify } = channel
  const notice = await nextFor(sql, project.id, name)
  if (!notice) return false
  const key = `tell:${name}:${notice.key}`
  if (await isMoot(world, project, notice, key)) {
    await settleDelivery(sql, project.id, name, notice.key, 'skipped')
    return true
  }
  const request = {
    ...{ key, project: project.id, subject: lease.subject, kind: 'tell' as const, target: name, aim: notice.key },
    ...{ tree: null, fix: null, decision: decideTell(project, world.clock.now()), timeoutSeconds: SECONDS },
  }
  let no: NotSent | undefined
  const call = {
    async send(ticket: { still(): void }) {
      ticket.still()
      no = await notify.send(project, notice)
      return no
    },
    ask: async () => ((await notify.arrived(project, notice.key)) ? { key: notice.key } : null),
  }
  const done = await perform(world, lease, request, call, Number.POSITIVE_INFINITY).catch(troubleOf)
  const later = (why: string, inMs: number | null) =>
    postponeDelivery(sql, project.id, name, notice.key, why.slice(0, 300), inMs)
  if (done.state === 'confirmed') await settleDelivery(sql, project.id, name, notice.key, 'delivered')
  else if (done.state === 'refused') throw new Fault('LEASE_LOST', `${lease.subject}: ${done.reason}`)
  else if (done.state === 'trouble') await later(done.why, null)
  else if (done.state === 'waiting') await later(done.why, no?.inMs ?? (done.inMs > 0 ? done.inMs : null))
  return true
}

/** Only a channel's own trouble: a database that fails has the whole step begin anew. */
function troubleOf(error: unknown): { state: 'trouble'; why: string } {
  if (error instanceof Fault && error.code === 'CHANNEL_UNREACHABLE') return { state: 'trouble', why: error.detail }
  throw error
}

/** Nobody is asked what was answered meanwhile; unless it may have arrived already, and then it has to be found and closed. */
async function isMoot(world: Actor, project: Project, notice: Notice, key: string): Promise<boolean> {
  if (notice.kind !== 'approval-wanted') return false
  const tries = await triesOf(world.sql, project.id, key)
  return tries.every(({ state }) => state === 'failed') && (await answerTo(world, project, notice)) !== null
}
