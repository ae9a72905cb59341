import { type ChannelName, ROUTED } from './notice.ts'
import type { NotifySettings } from './notifySettings.ts'

export const CHANNEL_NAMES: Record<ChannelName, string> = { slack: 'Slack', email: 'mail' }

export const KIND_NAMES: Record<(typeof ROUTED)[number], string> = {
  'issue-found': 'An issue was found',
  'approval-wanted': 'An approval is wanted',
  escalated: 'A person has to look',
  deployed: 'A fix is in production',
  cured: 'Cured',
  'rolled-back': 'Rolled back',
  paused: 'Paused',
  'hand-over': 'The hand-over',
  'weekly-review': 'The weekly review',
}

const DAYS = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** How people are told, by name and in sentences. `zone`: the project's, which all times are of. */
export function notifyInWords(notify: NotifySettings, zone: string): [name: string, words: string[]][] {
  const { slackChannel, emailTo, quiet, handOver, weekly } = notify
  return [
    ['Slack', [slackChannel ? `in the channel ${slackChannel}` : 'in the channel of this server, if it has one']],
    ['Mail', emailTo ? emailTo.map((to) => `to ${to}`) : ['to whom this server writes, if it does']],
    [
      'Hand-over',
      handOver.on ? [`at ${handOver.at}, ${daysInWords(handOver.days)}, ${zone}`, ...even(handOver)] : ['none'],
    ],
    ['Weekly review', weekly.on ? [`on ${DAYS[weekly.day]} at ${weekly.at}, ${zone}`, ...even(weekly)] : ['none']],
    ['Quiet hours', quiet ? quietInWords(quiet, zone) : ['none: everything is told at once']],
    ['Routes', routesInWords(notify)],
  ]
}

const even = ({ evenQuiet }: { evenQuiet: boolean }): string[] =>
  evenQuiet ? [] : ['nothing where there is nothing to tell']

function quietInWords({ from, to, allDay, wakes }: NonNullable<NotifySettings['quiet']>, zone: string): string[] {
  const grave = wakes === 'P0' ? 'P0' : 'P0 and P1'
  return [
    `${from} to ${to}, ${zone}${allDay.length > 0 ? `, and all ${daysInWords(allDay)}` : ''}`,
    `${grave} ${wakes === 'P0' ? 'is' : 'are'} told at any hour`,
    'what asks you something comes when they end, unless it was answered',
    'what only tells you something is in the next hand-over, or comes when they end',
  ]
}

function routesInWords({ routes }: NotifySettings): string[] {
  const lines = ROUTED.flatMap((kind) => {
    const route = routes[kind]
    if (!route) return []
    const names = route.map((name) => CHANNEL_NAMES[name])
    return [`${KIND_NAMES[kind]}: ${names.length > 0 ? names.join(' and ') : 'the inbox alone'}`]
  })
  return lines.length > 0 ? [...lines, 'everything else takes every channel'] : ['everything takes every channel']
}

/** `Monday to Friday`, `Monday and Thursday`, `every day`. */
export function daysInWords(days: number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const names = sorted.map((day) => DAYS[day] ?? String(day))
  if (sorted.length === 7) return 'every day'
  const run = sorted.length > 2 && sorted.at(-1)! - sorted[0]! === sorted.length - 1
  return run ? `${names[0]} to ${names.at(-1)}` : names.join(' and ')
}
