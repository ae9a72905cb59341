import { readCapped } from '@/app/capped.ts'
import { world } from '@/app/world.ts'
import { HOOK_BYTES, hint } from '@/lib/actions/hint.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'

/** Sentry gives it a second, and the watcher does the work afterwards. Without Sentry as a source there is no such door. */
export async function POST(request: Request) {
  const { reader, config } = world()
  if (!config.sentry) return Response.json({ error: 'no such source' }, { status: 404 })
  const requestId = request.headers.get('request-id')
  const { status } = await hint(reader, config.sentry.clientSecret, {
    signature: request.headers.get('sentry-hook-signature'),
    requestId,
    body: await readCapped(request, HOOK_BYTES),
  })
  // The doctor's own knock is no word of Sentry's.
  if (status === 202 && requestId !== 'nightshift-doctor') await heard(reader.sql, 'webhook:sentry')
  return Response.json({ accepted: status === 202 }, { status })
}
