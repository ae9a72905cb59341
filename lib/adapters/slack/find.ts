import { remember, sentUnder } from '../../store/deliveries.ts'
import { retire } from './close.ts'
import type { Desk } from './desk.ts'
import { type Found, messageAt, ours } from './messages.ts'

/**
 * The message of this key, asked of Slack. One whose name we know is read back; otherwise what arrived since the first call
 * is looked through. Should one have arrived twice, the first one stays and the others can be answered no more.
 */
export async function find(desk: Desk, key: string): Promise<Found | null> {
  const { sql, project, call } = desk
  const sent = await sentUnder(sql, project.id, 'slack', key)
  if (!sent) return null
  const { place, thread, ref, calledAt } = sent
  if (ref) {
    const there = await messageAt(call, { project: project.id, place, thread, ts: ref })
    if (!there) await remember(sql, project.id, 'slack', key, null)
    return there
  }
  const all = await ours(call, { project: project.id, place, thread, since: calledAt })
  const [first, ...again] = all.filter((one) => one.key === key)
  for (const one of again) if (one.live) await retire(desk, place, one.ts, key)
  if (first) await remember(sql, project.id, 'slack', key, first.ts)
  return first ?? null
}
