import type { Severity } from '../../lib/domain/issue.ts'
import { issueOf, type Notice } from '../../lib/domain/notice.ts'
import type { Project } from '../../lib/domain/project.ts'
import { type Passing, passingOf } from '../../lib/policy/passing.ts'
import { settleDelivery } from '../../lib/store/deliveries.ts'
import { dealtWithSince, heldOn, holdDelivery, releaseDelivery, severityNow } from '../../lib/store/held.ts'
import { handedOverUntil } from '../../lib/store/summaries.ts'
import type { Actor, Channel } from '../../lib/world.ts'
import { answerTo } from './tellAnswered.ts'

/** Whether a notice leaves by this channel now, by its kind, the hour, and how grave its issue is by now. */
export async function passing(
  { sql, clock, channels }: Actor,
  project: Project,
  channel: Channel,
  notice: Notice,
  at: Date,
): Promise<Passing> {
  const told = 'severity' in notice ? notice.severity : null
  return passingOf({
    ...{ kind: notice.kind, severity: graver(told, await severityNow(sql, issueOf(notice))), at },
    ...{ channel: channel.name, open: channels.map(({ name }) => name), notify: project.settings.notify },
    ...{ zone: project.policy.hours.zone, handedOver: await handedOverUntil(sql, project.id), now: clock.now() },
  })
}

/** Holds it back, or leaves it out. False: it is to be sent. */
export async function keptBack(
  { sql }: Actor,
  project: Project,
  channel: Channel,
  notice: Notice,
  answer: Passing,
): Promise<boolean> {
  const where = [sql, project.id, channel.name, notice.key] as const
  if (answer.answer === 'hold') await holdDelivery(...where, answer.until, answer.why)
  else if (answer.answer === 'skip') await settleDelivery(...where, 'skipped', answer.why)
  return answer.answer !== 'go'
}

/**
 * Looks anew at what is held back: its issue may be grave by now, somebody may have answered it, a hand-over may have told
 * it, the hours may have been changed, or they may be over. How many are still held.
 */
export async function reviewHeld(world: Actor, project: Project, channel: Channel): Promise<number> {
  const { sql } = world
  let held = 0
  for (const { notice, at, until } of await heldOn(sql, project.id, channel.name)) {
    const where = [sql, project.id, channel.name, notice.key] as const
    const answer = await passing(world, project, channel, notice, at)
    if (await isDealtWith(world, project, notice, at)) await settleDelivery(...where, 'skipped', 'It was answered.')
    else if (answer.answer === 'go') await releaseDelivery(...where)
    else {
      if (answer.answer === 'hold') held += 1
      if (answer.answer === 'skip' || answer.until.getTime() !== until.getTime())
        await keptBack(world, project, channel, notice, answer)
    }
  }
  return held
}

/** Nobody is asked in the morning for what was done at night. */
async function isDealtWith(world: Actor, project: Project, notice: Notice, at: Date): Promise<boolean> {
  if (notice.kind === 'approval-wanted') return (await answerTo(world, project, notice)) !== null
  return notice.kind === 'escalated' && dealtWithSince(world.sql, project.id, notice.issue, at)
}

const graver = (a: Severity | null, b: Severity | null): Severity | null =>
  a !== null && (b === null || a < b) ? a : b
