import { z } from 'zod'
import { runAgent } from '@/agents/run.ts'
import { answered, orderOf, whoIs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { act, type Verb } from '@/lib/actions/act.ts'
import { keepAnchors } from '@/lib/actions/keepAnchors.ts'
import { AGENTS, type Agent } from '@/lib/domain/work.ts'

export const dynamic = 'force-dynamic'
/** Seconds. */
export const maxDuration = 300
const DEADLINE_MS = 55_000

/** One round of the agents now, or of one of them: what a clock does, by hand. */
const tick: Verb<{ agent?: Agent | undefined }> = {
  roles: ['owner', 'operator'],
  // What a clock does for every project, at a time of somebody's choosing.
  anywhere: true,
  input: z.strictObject({ agent: z.enum(AGENTS).optional() }),
  async run(_, __, { agent }) {
    const { config, actor, reader, runner, observer } = world()
    const limits = { leaseSeconds: config.leaseSeconds, deadlineMs: DEADLINE_MS, observer }
    const reports = []
    for (const one of agent ? [agent] : AGENTS)
      reports.push({ ...(await runAgent(one, { actor, reader, runner }, limits)) })
    return { state: 'ticked', reports }
  },
}

export const POST = (request: Request) =>
  answered(async () => {
    const { sql, actor, anchors, auth, observer } = world()
    const who = await whoIs(request)
    const control = { sql, clock: actor.clock, ring: actor.ring, anchors, auth }
    const told = await act(control, who, 'tick', tick, await orderOf(request))
    await keepAnchors({ sql, anchors })
    await observer.flush()
    return told
  })
