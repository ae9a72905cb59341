import { perform } from '../../lib/actions/perform.ts'
import type { Project } from '../../lib/domain/project.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { Fault } from '../../lib/errors.ts'
import { decideTell } from '../../lib/policy/decision.ts'
import { postponeDelivery, settleDelivery } from '../../lib/store/deliveries.ts'
import { triesOf } from '../../lib/store/effects.ts'
import { nextFor } from '../../lib/store/notices.ts'
import type { Actor, Channel, NotSent } from '../../lib/world.ts'
import { keptBack, passing } from './quiet.ts'
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
  const next = await nextFor(sql, project.id, name)
  if (!next) return false
  const { at, ...notice } = next
  const key = `tell:${name}:${notice.key}`
  // What may have arrived is followed up at any hour: it has to be found, and closed should it have been answered.
  if (await isUntold(world, project, key)) {
    if (notice.kind === 'approval-wanted' && (await answerTo(world, project, notice)) !== null) {
      await settleDelivery(sql, project.id, name, notice.key, 'skipped', 'It was answered.')
      return true
    }
    if (await keptBack(world, project, channel, notice, await passing(world, project, channel, notice, at))) return true
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

/** It certainly did not arrive. */
async function isUntold(world: Actor, project: Project, key: string): Promise<boolean> {
  const tries = await triesOf(world.sql, project.id, key)
  return tries.every(({ state }) => state === 'failed')
}
