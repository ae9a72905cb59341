import { z } from 'zod'
import type { EmailChoice, NotifyChoice, SlackChoice } from '../domain/notifyChoice.ts'
import { SlackChannel } from '../domain/notifySettings.ts'
import { addressProblem } from './modelRoute.ts'

type Env = Record<string, string | undefined>

/** Settings of the channels, for whoever passes them on to a process of its own. */
export const NOTIFY_SETTINGS = [
  'NOTIFY',
  ...['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CHANNEL', 'SLACK_API_URL'],
  ...['SENDGRID_API_KEY', 'SENDGRID_FROM', 'SENDGRID_API_URL', 'EMAIL_TO'],
]

export const NOTIFIES = ['inbox', 'slack', 'email'] as const

/**
 * `NOTIFY=inbox,slack,email`; the inbox gets everything, named or not. Everything that is missing or malformed at once, and
 * nothing of the channels that were not chosen.
 */
export function parseNotify(env: Env): { choice: NotifyChoice; problems: string[] } {
  const named = (env.NOTIFY || 'inbox').split(',').map((name) => name.trim())
  const problems = named
    .filter((name) => !(NOTIFIES as readonly string[]).includes(name))
    .map((name) => `NOTIFY: ${JSON.stringify(name)} is not inbox, slack or email`)
  const slack = named.includes('slack') ? slackChoice(env, problems) : null
  const email = named.includes('email') ? emailChoice(env, problems) : null
  return { choice: { slack, email }, problems }
}

function slackChoice(env: Env, problems: string[]): SlackChoice {
  const wanted = needed(env, ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET', 'SLACK_CHANNEL'], 'slack', problems)
  const [token = '', signingSecret = '', channel = ''] = wanted
  if (token && !token.startsWith('xoxb-')) problems.push('SLACK_BOT_TOKEN: a bot’s token begins with xoxb-')
  if (channel && !SlackChannel.safeParse(channel).success)
    problems.push('SLACK_CHANNEL: it is the id of a channel, such as C0123ABCD')
  return { token, signingSecret, channel, url: addressOf(env, 'SLACK_API_URL', 'https://slack.com/api/', problems) }
}

function emailChoice(env: Env, problems: string[]): EmailChoice {
  const [key = '', from = '', to = ''] = needed(
    env,
    ['SENDGRID_API_KEY', 'SENDGRID_FROM', 'EMAIL_TO'],
    'email',
    problems,
  )
  // Its client says so on the console, with the key in its hand.
  if (key && !key.startsWith('SG.')) problems.push('SENDGRID_API_KEY: a key of SendGrid begins with SG.')
  const people = to.split(',').map((one) => one.trim())
  for (const [name, address] of [['SENDGRID_FROM', from], ...people.map((one) => ['EMAIL_TO', one])] as const)
    if (address && !z.email().safeParse(address).success)
      problems.push(`${name}: ${JSON.stringify(address)} is no address`)
  return { key, from, to: people, url: addressOf(env, 'SENDGRID_API_URL', 'https://api.sendgrid.com/', problems) }
}

function needed(env: Env, names: string[], channel: string, problems: string[]): string[] {
  for (const name of names) if (!env[name]) problems.push(`${name}: NOTIFY names ${channel}, which needs it`)
  return names.map((name) => env[name] ?? '')
}

/** Where it is, with a slash at its end; its key goes there, so in clear no further than this machine. */
function addressOf(env: Env, name: string, standard: string, problems: string[]): string {
  const text = env[name] || standard
  const problem = addressProblem(text)
  if (problem) problems.push(`${name}: ${problem}`)
  return text.endsWith('/') ? text : `${text}/`
}
