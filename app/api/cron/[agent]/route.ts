import { timingSafeEqual } from 'node:crypto'
import { runAgent } from '@/agents/run.ts'
import { world } from '@/app/world.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import { AGENTS, type Agent } from '@/lib/domain/work.ts'
import { heard } from '@/lib/store/heard.ts'

export const dynamic = 'force-dynamic'
/** Seconds after which Vercel ends a call: what every plan allows. Whoever raises it (800 at most) sets TICK_SECONDS to the same. */
export const maxDuration = 300
/** Kept for the end of the last step, and for what is told after it. */
const SPARE_MS = 30_000

/** Anything may drive an agent: a clock, a ring, a flow. Twice, late or never is all the same to it. */
export async function POST(request: Request, { params }: { params: Promise<{ agent: string }> }) {
  const { agent } = await params
  const { config, sql, anchors, observer, ...zones } = world()
  if (!bearerIs(request, config.cronSecret)) return Response.json({ error: 'unauthorized' }, { status: 401 })
  if (!(AGENTS as readonly string[]).includes(agent)) return Response.json({ error: 'no such agent' }, { status: 404 })
  await heard(sql, `agent:${agent}`)
  const limits = { leaseSeconds: config.leaseSeconds, deadlineMs: config.tickMs - SPARE_MS, observer }
  try {
    const report = await runAgent(agent as Agent, zones, limits)
    await keepAnchors({ sql, anchors })
    return Response.json(report, { headers: { 'cache-control': 'no-store' } })
  } finally {
    // A function is frozen with its answer: what was seen has to be on its way by then.
    await observer.flush()
  }
}

/** Vercel's clock calls by GET with the same header. */
export const GET = POST

function bearerIs(request: Request, secret: string): boolean {
  const given = Buffer.from(request.headers.get('authorization') ?? '')
  const wanted = Buffer.from(`Bearer ${secret}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
