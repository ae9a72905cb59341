import { readCapped } from '@/app/capped.ts'
import { world } from '@/app/world.ts'
import { HOOK_BYTES, hear } from '@/lib/actions/hear.ts'
import { hook } from '@/lib/adapters/index.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'

// Next may load this file more than once in a process; deliveries are remembered once.
const shared = globalThis as unknown as { nightshiftDeliveries?: Set<string> }

/** GitHub rings here. Its signature is the only login. */
export async function POST(request: Request) {
  const { config, reader } = world()
  shared.nightshiftDeliveries ??= new Set()
  const { status, detail } = await hear(hook(config), reader.ring, shared.nightshiftDeliveries, {
    body: await readCapped(request, HOOK_BYTES),
    signature: request.headers.get('x-hub-signature-256'),
    delivery: request.headers.get('x-github-delivery'),
  })
  if (status === 202) await heard(reader.sql, 'webhook:github')
  return Response.json({ detail }, { status })
}
