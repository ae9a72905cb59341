import { answered, orderOf, whoIs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { act, type Verb } from '@/lib/actions/act.ts'
import { VERBS, type VerbName } from '@/lib/actions/control.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import { Fault } from '@/lib/errors.ts'

export const dynamic = 'force-dynamic'
/** Seconds; a pause waits up to five for what is under way. */
export const maxDuration = 30

/** Every decision of a person: from a page with its session, from the command line with its token. */
export const POST = (request: Request, { params }: { params: Promise<{ verb: string }> }) =>
  answered(async () => {
    const { config, sql, actor, anchors, auth } = world()
    const who = await whoIs(request)
    const { verb: name } = await params
    if (!Object.hasOwn(VERBS, name)) throw new Fault('NOT_FOUND', `verb ${name.slice(0, 20)}`)
    const control = { sql, clock: actor.clock, ring: actor.ring, anchors, auth, sealing: config.encryption }
    const told = await act(control, who, name, VERBS[name as VerbName] as Verb<unknown>, await orderOf(request))
    await keepAnchors({ sql, anchors })
    return told
  })
