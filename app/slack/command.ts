import type { ChatControl } from '../../lib/actions/bySlack.ts'
import { commanded } from '../../lib/actions/commanded.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import type { Actor } from '../../lib/world.ts'
import { inTime, nothing, opened, type SlackDoor } from './door.ts'

type World = ChatControl & Pick<Actor, 'halted' | 'sql'>

const FAILED = 'That could not be done. Look at the control room, and try again.'

/** A slash command, answered to the one who typed it: at once, or where that takes too long, when it is known. */
export const command = (request: Request, door: SlackDoor, world: World): Promise<Response> =>
  opened(request, door, async (body) => {
    const typed = commanded(world, body)
    if (!typed) return nothing(400)
    const work = typed.said.catch((error: unknown) => {
      door.failed(error)
      return FAILED
    })
    const said = await inTime(work)
    const after = async () => {
      const text = await work
      if (said === null) await world.chat.say(typed.replyTo, text)
      await keepAnchors(world)
    }
    door.later(after().catch(door.failed))
    const shown = await world.chat.shown(said ?? 'That takes a moment; you are told here what came of it.')
    return Response.json(shown, { headers: { 'cache-control': 'no-store' } })
  })
