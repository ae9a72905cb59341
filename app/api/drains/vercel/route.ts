import { readCapped } from '@/app/capped.ts'
import { world } from '@/app/world.ts'
import { DRAIN_BYTES, receiveDrain } from '@/lib/actions/receiveDrain.ts'
import { connection } from '@/lib/store/connections.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'

/** Vercel asks for this header before it sends anything, to see that the address is ours. */
async function ours(): Promise<Record<string, string>> {
  const { config, sql } = world()
  if (config.deploy.kind !== 'vercel') return {}
  const code = config.deploy.drainVerify ?? (await connection(sql, 'vercel'))?.verify
  return code ? { 'x-vercel-verify': code } : {}
}

export const GET = async () => Response.json({}, { headers: await ours() })

/** Log lines of Vercel, for the requests in them. */
export async function POST(request: Request) {
  const { reader, config } = world()
  const headers = await ours()
  const secret = config.deploy.kind === 'vercel' ? config.deploy.drainSecret : null
  if (!secret) return Response.json({ error: 'no drain is set up' }, { status: 404, headers })
  const answer = await receiveDrain(reader, secret, {
    signature: request.headers.get('x-vercel-signature'),
    encoding: request.headers.get('content-encoding'),
    body: await readCapped(request, DRAIN_BYTES),
  })
  if (answer.status === 200 && answer.counted > 0) await heard(reader.sql, 'drain:vercel')
  return answer.status === 200
    ? Response.json({ counted: answer.counted }, { headers })
    : Response.json({ error: answer.why }, { status: answer.status, headers })
}
