import { whoIs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { type Answer, act, faulted, type Verb } from '@/lib/actions/act.ts'
import { VERBS, type VerbName } from '@/lib/actions/control.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import { Fault } from '@/lib/errors.ts'

export const dynamic = 'force-dynamic'
/** Seconds; a pause waits up to five for what is under way. */
export const maxDuration = 30

/** Bytes; the largest honest body is a policy. */
const MAX_BODY = 64 * 1024

interface Params {
  params: Promise<{ verb: string }>
}

/** Every decision of a person: from a page with its session, from the command line with its token. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { status, body } = await answer(request, (await params).verb).catch(faulted)
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } })
}

async function answer(request: Request, name: string): Promise<Answer> {
  const { sql, actor, anchors } = world()
  const who = await whoIs(request)
  if (!Object.hasOwn(VERBS, name)) throw new Fault('NOT_FOUND', `verb ${name}`)
  const control = { sql, clock: actor.clock, ring: actor.ring, anchors }
  const verb = VERBS[name as VerbName] as Verb<unknown>
  const told = await act(control, who, name, verb, {
    key: request.headers.get('idempotency-key'),
    password: passwordOf(request),
    body: await bodyOf(request),
  })
  await keepAnchors({ sql, anchors })
  return told
}

/** Its own header, so that no body that is kept for repetitions ever holds it. Base64, because headers are ASCII. */
function passwordOf(request: Request): string | null {
  const given = request.headers.get('nightshift-password')
  return given ? Buffer.from(given, 'base64').toString('utf8').slice(0, 200) : null
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text()
  if (text.length > MAX_BODY) throw new Fault('MALFORMED', `more than ${MAX_BODY} bytes`)
  try {
    return JSON.parse(text)
  } catch {
    throw new Fault('MALFORMED', 'the body is not JSON')
  }
}
