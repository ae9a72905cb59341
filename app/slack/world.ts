import { after } from 'next/server'
import { chat } from '../../lib/adapters/index.ts'
import { heard } from '../../lib/store/heard.ts'
import { world } from '../world.ts'
import type { SlackDoor } from './door.ts'

/** What the two addresses work with in this process; null: Slack is not set up here. */
export function slackWorld() {
  const { sql, config, actor, anchors, auth, observer } = world()
  const answers = chat(config)
  if (!config.notify.slack || !answers) return null
  const door: SlackDoor = {
    secret: config.notify.slack.signingSecret,
    later: (work) => after(work),
    heard: () => heard(sql, 'slack'),
    failed: (error) => observer.failed(error, { door: 'slack' }),
  }
  return {
    door,
    world: { sql, clock: actor.clock, ring: actor.ring, halted: config.halted, anchors, auth, chat: answers },
  }
}
