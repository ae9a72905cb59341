import { type ChatControl, interact } from '../../lib/actions/bySlack.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { type Interaction, interactionOf } from '../../lib/parse/slackRequest.ts'
import type { Actor } from '../../lib/world.ts'
import { FAILED, inTime, logged, nothing, opened, type SlackDoor } from './door.ts'

type World = ChatControl & Pick<Actor, 'sql'>

/** A press or a form. The answer is empty and comes in time; what it came to is told to the one who did it. */
export const interactive = (request: Request, door: SlackDoor, world: World): Promise<Response> =>
  opened(request, door, async (body) => {
    const did = interactionOf(body)
    if (!did) return nothing(400)
    const work = decided(world, did)
    door.later(work)
    await inTime(work)
    return nothing(200)
  })

async function decided(world: World, did: Interaction): Promise<void> {
  try {
    await interact(world, did)
    await keepAnchors(world)
  } catch (error) {
    logged(error)
    if (did.kind === 'pressed') await world.chat.say(did.replyTo, FAILED).catch(logged)
  }
}
