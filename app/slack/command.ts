import type { ChatControl } from '../../lib/actions/bySlack.ts'
import { commanded } from '../../lib/actions/commanded.ts'
import { keepAnchors } from '../../lib/actions/keepAnchors.ts'
import { commandOf } from '../../lib/parse/slackRequest.ts'
import type { Actor } from '../../lib/world.ts'
import { inTime, nothing, opened, type SlackDoor } from './door.ts'

type World = ChatControl & Pick<Actor, 'halted'>

/** A slash command, answered to the one who typed it: at once, or where that takes too long, when it is known. */
export const command = (request: Request, door: SlackDoor, world: World): Promise<Response> =>
  opened(request, door, async (body) => {
    const typed = commandOf(body)
    if (!typed) return nothing(400)
    const work = commanded(world, typed)
    const said = await inTime(work).catch(failed)
    door.later(
      work
        .catch(failed)
        .then((text) => (said === null ? world.chat.say(typed.replyTo, text) : undefined))
        .then(() => keepAnchors({ sql: world.sql as Actor['sql'], anchors: world.anchors }))
        .catch((error: unknown) => console.error('slack:', error instanceof Error ? error.message : error)),
    )
    const text = said ?? 'That takes a moment; you are told here what came of it.'
    return Response.json(await world.chat.shown(text), { headers: { 'cache-control': 'no-store' } })
  })

function failed(error: unknown): string {
  console.error('slack:', error instanceof Error ? error.message : error)
  return 'That could not be done. Look at the control room.'
}
