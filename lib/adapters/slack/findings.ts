import { z } from 'zod'
import { type Finding, ill, scopesFinding, well } from '../../domain/finding.ts'
import type { SlackChoice } from '../../domain/notifyChoice.ts'
import { Fault } from '../../errors.ts'
import { SCOPES, SlackRefused, slackClient } from './client.ts'

const Known = z.object({
  team: z.string().max(200),
  user: z.string().max(200),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})

/** Whether the bot is known, is in the channel, and may do what it has to. Posts nothing. */
export async function slackFindings({ token, url }: SlackChoice, channel: string): Promise<Finding[]> {
  const call = slackClient({ token, url })
  const found: Finding[] = []
  try {
    const { team, user, response_metadata: more } = await call('auth.test', {}, Known)
    found.push(well('Slack', `${user} is known in ${team}`))
    const needs = [...new Set(Object.values(SCOPES).flat())]
    if (more?.scopes)
      found.push(
        scopesFinding('Slack’s scopes', { has: more.scopes, needs, may: ['commands'] }, 'the app’s settings at Slack'),
      )
    await call('conversations.history', { channel, limit: 1 }, z.unknown())
    found.push(well('Slack’s channel', `the bot reads ${channel}`))
  } catch (error) {
    found.push(refusal(error, channel))
  }
  return found
}

function refusal(error: unknown, channel: string): Finding {
  if (error instanceof Fault) return ill('Slack', error.message, error.remedy)
  if (!(error instanceof SlackRefused)) throw error
  if (/channel/.test(error.error))
    return ill('Slack’s channel', `${channel}: ${error.error}`, 'Invite the bot into the channel, or set another one.')
  return error.error === 'missing_scope'
    ? ill('Slack’s scopes', 'it lacks one', 'Install the app again with slack-manifest.yml.')
    : ill('Slack', error.error, 'Set SLACK_BOT_TOKEN to the token of the installed app.')
}
