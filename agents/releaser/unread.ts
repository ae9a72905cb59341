import { unparsed } from '../../lib/store/events.ts'
import { behind, hurrySource } from '../../lib/store/sources.ts'
import { nudge } from '../../lib/store/work.ts'
import type { Context } from './context.ts'

/** How long a source may fail to tell what it had received by the end of a window. */
const PATIENCE_MS = 900_000

/**
 * Whether something of what happened until then is still unread: events that are here, or ones a source has not told. Its
 * silence means nothing before; `blind` is why it will go on meaning nothing, in words of ours alone.
 */
export async function unread(c: Context, until: number): Promise<null | 'soon' | { blind: string }> {
  const { sql, clock, ring } = c.world
  const by = new Date(until)
  const sources = await behind(sql, c.project.id, by)
  if (sources.length === 0 && (await unparsed(sql, c.project.id, by)) === 0) return null
  const late = sources.map(({ kind, state }) => `${kind} (${state})`).join(', ')
  if (late !== '' && clock.now().getTime() - until > PATIENCE_MS)
    return { blind: `It cannot be observed: ${late} has not told what came until ${by.toISOString()}.` }
  for (const { kind } of sources) await hurrySource(sql, c.project.id, kind)
  await nudge(sql, `project:${c.project.id}`)
  ring('watcher')
  return 'soon'
}
