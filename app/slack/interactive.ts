import { type ChatControl, interact } from '../../lib/actions/bySlack.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { interactionOf } from '../../lib/parse/slackRequest.ts'
import { inTime, nothing, opened, type SlackDoor } from './door.ts'

/** A press or a form. The answer is empty and comes in time; what it came to is told to the one who did it. */
export const interactive = (request: Request, door: SlackDoor, world: ChatControl): Promise<Response> =>
  opened(request, door, async (body) => {
    const did = interactionOf(body)
    if (!did) return nothing(400)
    const work = interact(world, did)
      .then(() => keepAnchors({ sql: world.sql as Parameters<typeof keepAnchors>[0]['sql'], anchors: world.anchors }))
      .catch((error: unknown) => console.error('slack:', error instanceof Error ? error.message : error))
    door.later(work)
    await inTime(work)
    return nothing(200)
  })
