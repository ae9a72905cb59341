import { readCapped } from '@/app/capped.ts'
import { world } from '@/app/world.ts'
import { HOOK_BYTES, hearVercel } from '@/lib/actions/hearVercel.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'

/** What happened at Vercel, as a hint to look there. */
export async function POST(request: Request) {
  const { reader, config } = world()
  const secret = config.deploy.kind === 'vercel' ? config.deploy.webhookSecret : null
  if (!secret) return Response.json({ error: 'no webhook is set up' }, { status: 404 })
  const signature = request.headers.get('x-vercel-signature')
  const answer = await hearVercel(reader, secret, { signature, body: await readCapped(request, HOOK_BYTES) })
  if (answer.status === 200) await heard(reader.sql, 'webhook:vercel')
  return answer.status === 200 ? Response.json({}) : Response.json({ error: answer.why }, { status: answer.status })
}
