import { timingSafeEqual } from 'node:crypto'
import { runAgent } from '@/agents/run.ts'
import { world } from '@/app/world.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import { AGENTS, type Agent } from '@/lib/domain/work.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'
/** Seconds; a tick stops taking work well before. */
export const maxDuration = 300
const DEADLINE_MS = 55_000

/** Anything may drive an agent: a clock, a ring, a flow. Twice, late or never is all the same to it. */
export async function POST(request: Request, { params }: { params: Promise<{ agent: string }> }) {
  const { agent } = await params
  const { config, sql, anchors, ...zones } = world()
  if (!bearerIs(request, config.cronSecret)) return Response.json({ error: 'unauthorized' }, { status: 401 })
  if (!(AGENTS as readonly string[]).includes(agent)) return Response.json({ error: 'no such agent' }, { status: 404 })
  await heard(sql, `agent:${agent}`)
  const report = await runAgent(agent as Agent, zones, { leaseSeconds: config.leaseSeconds, deadlineMs: DEADLINE_MS })
  await keepAnchors({ sql, anchors })
  return Response.json(report)
}

/** Vercel's clock calls by GET with the same header. */
export const GET = POST

function bearerIs(request: Request, secret: string): boolean {
  const given = Buffer.from(request.headers.get('authorization') ?? '')
  const wanted = Buffer.from(`Bearer ${secret}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
