import { z } from 'zod'
import { parseJson } from '../parse/json.ts'
import { isSigned } from '../parse/vercelSignature.ts'
import type { Reader } from '../world.ts'
import { byVercelId } from './receiveDrain.ts'
import { wakeWatcher } from './wake.ts'

export interface Hint {
  signature: string | null
  /** The body as sent, or null when it was larger than `HOOK_BYTES`. */
  body: Buffer | null
}

export type Heard = { status: 200; rang: 'releaser' | 'watcher' | null } | { status: 400 | 401 | 413; why: string }

export const HOOK_BYTES = 1024 * 1024

const Hook = z.object({
  id: z.string().min(1).max(200),
  type: z.string(),
  payload: z.object({ project: z.object({ id: z.string() }).nullish() }).nullish(),
})

/** Moves of a deployment wake whoever waits for one; the host's own alarms wake whoever looks for trouble. */
const WAKES: [RegExp, 'releaser' | 'watcher'][] = [
  [/^deployment\.(ready|succeeded|error|blocked|canceled|promoted|rollback)$/, 'releaser'],
  [/^(alerts\.triggered|observability\..+)$/, 'watcher'],
]

/** Names of hooks that were heard; the host sends one again until it is answered. */
const MOST = 1000
const heard = new Set<string>()

/**
 * A hint and no more: what it says is never believed, whoever is woken asks the host. Losing one loses nothing, a second
 * one rings nobody.
 */
export async function hearVercel(world: Pick<Reader, 'sql' | 'ring'>, secret: string, hint: Hint): Promise<Heard> {
  if (!hint.body) return { status: 413, why: `more than ${HOOK_BYTES} bytes` }
  if (!isSigned(hint.body, hint.signature, secret)) return { status: 401, why: 'not signed with our secret' }
  const parsed = parseJson(hint.body.toString('utf8'))
  const hook = Hook.safeParse(parsed.ok ? parsed.value : null)
  if (!hook.success) return { status: 400, why: 'not a webhook of Vercel' }
  const { id, type, payload } = hook.data
  const wakes = WAKES.find(([types]) => types.test(type))?.[1] ?? null
  if (!wakes || heard.has(id)) return { status: 200, rang: null }
  const project = (await byVercelId(world)).get(payload?.project?.id ?? '')
  if (!project) return { status: 200, rang: null }
  heard.add(id)
  if (heard.size > MOST) heard.delete(heard.values().next().value!)
  if (wakes === 'watcher') await wakeWatcher(world, project.id)
  else world.ring('releaser')
  return { status: 200, rang: wakes }
}
