import { type ChatControl, interact } from '../../lib/actions/bySlack.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import type { Actor } from '../../lib/world.ts'
import { inTime, nothing, opened, type SlackDoor } from './door.ts'

/** A press or a form. The answer is empty and comes in time; what it came to is told to the one who did it. */
export const interactive = (
  request: Request,
  door: SlackDoor,
  world: ChatControl & Pick<Actor, 'sql'>,
): Promise<Response> =>
  opened(request, door, async (body) => {
    const decided = interact(world, body)
    if (!decided) return nothing(400)
    const work = decided.then(() => keepAnchors(world)).catch(door.failed)
    door.later(work)
    await inTime(work)
    return nothing(200)
  })
