import { nothing } from '@/app/slack/door.ts'
import { interactive } from '@/app/slack/interactive.ts'
import { slackWorld } from '@/app/slack/world.ts'

export const dynamic = 'force-dynamic'
/** Seconds; Slack is answered within three, and a pause waits up to five for what is under way. */
export const maxDuration = 30

export async function POST(request: Request): Promise<Response> {
  const slack = slackWorld()
  return slack ? interactive(request, slack.door, slack.world) : nothing(404)
}
