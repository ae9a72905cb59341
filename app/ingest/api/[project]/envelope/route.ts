import { readCapped } from '@/app/readCapped.ts'
import { world } from '@/app/world.ts'
import { receive, WIRE_BYTES } from '@/lib/actions/receive.ts'

export const dynamic = 'force-dynamic'

/** Browsers' SDKs post from other origins; the key in the address is public by design. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'X-Sentry-Auth, Content-Type, X-Requested-With, Authorization, sentry-trace, baggage',
  'access-control-expose-headers': 'X-Sentry-Error, X-Sentry-Rate-Limits, Retry-After',
}
/** Tells SDKs to keep what we do not read. */
const ERRORS_ONLY = {
  'x-sentry-rate-limits': '3600:transaction;span;profile;replay;session;log_item;trace_metric;attachment:organization',
}

export const OPTIONS = () => new Response(null, { status: 204, headers: CORS })

export async function POST(request: Request, { params }: { params: Promise<{ project: string }> }) {
  const { project } = await params
  const { reader, config } = world()
  const answer = await receive(reader, config.ingestPerMinute, {
    ingestNo: /^\d{1,9}$/.test(project) ? Number(project) : -1,
    query: new URL(request.url).searchParams.get('sentry_key'),
    headers: [request.headers.get('x-sentry-auth'), request.headers.get('authorization')],
    encoding: request.headers.get('content-encoding'),
    body: await readCapped(request, WIRE_BYTES),
  })
  if (answer.status === 200)
    return Response.json(answer.id ? { id: answer.id } : {}, { headers: { ...CORS, ...ERRORS_ONLY } })
  const headers: Record<string, string> = { ...CORS, 'x-sentry-error': answer.detail }
  if (answer.status === 429) {
    headers['retry-after'] = String(answer.retryAfter)
    headers['x-sentry-rate-limits'] = `${answer.retryAfter}:error:key`
  }
  return Response.json({ detail: answer.detail }, { status: answer.status, headers })
}
