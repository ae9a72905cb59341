import { Fault, type FaultCode } from '../errors.ts'
import type { Answer } from './act.ts'
import type { Status } from './status.ts'

const DONE: Record<string, [done: string, already: string]> = {
  approved: ['Approved. The releaser goes on with it.', 'It was approved already.'],
  rejected: ['Rejected. Your reason goes to the next attempt.', 'It was rejected or taken back already.'],
  paused: ['Paused. Nothing leaves but notices until somebody resumes.', 'It was paused already.'],
  draining: ['Paused, and calls that were on their way are not all read back yet.', 'It was paused already.'],
}

/** What a decision came to, for the one who made it. */
export function answerInWords({ status, body }: Answer): string {
  const told = (body ?? {}) as Record<string, unknown>
  if (status === 200)
    return (DONE[String(told.state)] ?? ['Done.', 'It is so already.'])[told.answer === 'already' ? 1 : 0]
  if (told.code === 'PASSWORD_NEEDED')
    return 'That needs your password, which is never typed here. Do it in the control room.'
  const { message } = new Fault(told.code as FaultCode)
  return [message, told.detail, told.remedy].filter(Boolean).join(' ')
}

/** Only the id: whoever reads this may be anybody of the workspace. */
export const unknownInWords = (user: string): string =>
  `Nightshift does not know who ${user} is, so it decides nothing for you. An owner links you with: nightshift link ${user}`

const MOST = 10

/** How a project stands, in a few lines. */
export function statusInWords(s: Status): string {
  const waiting = s.issues.filter((issue) => issue.waitingForYou)
  const stands = s.paused ? `paused by ${s.paused.by}${s.paused.why ? `: ${s.paused.why}` : ''}` : 'at work'
  const lines = waiting
    .slice(0, MOST)
    .map(({ issue, severity, sentence }) => `• Issue ${issue} (${severity}): ${sentence}`)
  return [
    `${s.name}: ${stands}. Level ${s.level}, ${s.openIssues} open, ${waiting.length} waiting for you, ${s.promotions.today} of ${s.promotions.cap} promotions today.`,
    ...(s.killSwitch ? ['The kill switch is on.'] : []),
    ...lines,
    ...(waiting.length > MOST ? [`… and ${waiting.length - MOST} more.`] : []),
  ].join('\n')
}
