import { effectInWords } from './effectWords.ts'
import { many } from './numbers.ts'
import type { Sent } from './request.ts'
import { stateInWords } from './states.ts'
import { clockIn } from './time.tsx'

/** An answer for people: what came of a decision, then what that means, line by line. */
export interface Answer {
  tone: 'good' | 'ask' | 'bad'
  head: string
  lines: string[]
}

/** What a decision's answer says. Nothing is called done here that was not read back. */
export function answerInWords(sent: Sent, zone: string): Answer {
  if (!sent) return UNKNOWN
  const { body } = sent
  if (body.ok !== true) return refusalInWords(body)
  const told = Object.hasOwn(OF, text(body.state)) && OF[text(body.state)]
  return told ? told(body, zone) : { tone: 'good', head: 'Done.', lines: [] }
}

const UNKNOWN: Answer = {
  tone: 'bad',
  head: 'No answer came: it is not known whether this arrived.',
  lines: ['Send it again as it is: it is the same request, and happens once.'],
}

/** A refusal with its reasons, one a line, and what to do next. */
function refusalInWords({ sentence, detail, remedy }: Told): Answer {
  const reasons = text(detail)
    .split(/(?<=\.) (?=[A-Z\d])|; /)
    .filter(Boolean)
  return { tone: 'bad', head: text(sentence) || 'Refused.', lines: [...reasons, text(remedy)].filter(Boolean) }
}

type Told = Record<string, unknown>

const again = ({ answer }: Told, done: string, already: string): string => (answer === 'already' ? already : done)

const OF: Record<string, (told: Told, zone: string) => Answer> = {
  paused: (told) => ({
    tone: 'good',
    head: again(told, 'Paused.', 'It was paused already.'),
    lines: ['No call is under way any more, and none starts until somebody resumes.', ...list(told.releases).map(left)],
  }),
  draining: (told, zone) => ({
    tone: 'ask',
    head: `Draining: ${many(list(told.inFlight).length, 'call')} still under way.`,
    lines: [
      ...list(told.inFlight).map((call) => callInWords(call, zone)),
      'Nothing new starts.',
      ...list(told.releases).map(left),
    ],
  }),
  resumed: (told) => ({ tone: 'good', head: again(told, 'At work again.', 'It was at work already.'), lines: [] }),
  approved: (told) => ({
    tone: 'good',
    head: again(
      told,
      `Approved up to ${text(told.target)} for ${text(told.hours)} hours.`,
      `It was approved up to ${text(told.target)} already.`,
    ),
    lines: ['It is void as soon as the tree or the policy changes.'],
  }),
  rejected: (told) => ({
    tone: 'good',
    head: again(told, 'Rejected.', 'It was rejected already.'),
    lines: ['The patch never comes again, and your reason goes to the next attempt.'],
  }),
  'rolling-back': (told) => ({
    tone: 'ask',
    head: again(told, 'The rollback is ordered.', 'The rollback was ordered already.'),
    lines: ['This page says “Rolled back” once that was read back.'],
  }),
  level: (told) => ({
    tone: 'good',
    head: again(told, `Level ${text(told.level)} from now on.`, `It was level ${text(told.level)} already.`),
    lines: ['Approvals given before are void.'].filter(() => told.answer !== 'already'),
  }),
  invited: (told) => ({
    tone: 'good',
    head: `${text(told.email)} is invited for ${text(told.days)} days.`,
    lines: ['No mail goes out from here: tell them to sign in with this address.'],
  }),
  uninvited: (told) => ({
    tone: 'good',
    head: again(told, 'Taken back.', 'It was taken back already.'),
    lines: [],
  }),
  role: (told) => ({ tone: 'good', head: again(told, 'Changed.', 'It was so already.'), lines: [] }),
  removed: (told) => ({
    tone: 'good',
    head: again(told, 'Removed.', 'They were removed already.'),
    lines: ['From now on they are nobody here, wherever they are signed in.'],
  }),
  policy: (told) => ({
    tone: 'good',
    head: again(told, `Saved as version ${text(told.policyVersion)}.`, 'Nothing changed: this is the policy already.'),
    lines: ['Approvals given before are void.'].filter(() => told.answer !== 'already'),
  }),
  settings: (told) => ({
    tone: 'good',
    head: again(told, 'Saved.', 'Nothing changed: it is set so already.'),
    lines: ['Where it leads elsewhere now, approvals given before are void.'].filter(() => told.answer !== 'already'),
  }),
  project: (told) => ({
    tone: 'good',
    head: `${text(told.project)} is there, at level 1.`,
    lines: ['Its DSN, and what is still missing, are on its own settings page.'],
  }),
}

/** `promote to production since 20 Nov, 03:12:05: its end is unknown …` */
export function callInWords({ kind, target, since, unknown }: Told, zone: string): string {
  const end = unknown ? 'its end is unknown, and the far side is asked about it' : 'not answered yet'
  return `${effectInWords(text(kind), text(target))} since ${clockIn(zone, new Date(text(since)), true)}: ${end}.`
}

function left({ issue, state, rollingBack, refused }: Told): string {
  if (rollingBack) return `The release of issue ${text(issue)} is being rolled back.`
  const no = refused ? `; it is not rolled back: ${text(refused)}` : ''
  return `The release of issue ${text(issue)} stays where it is: ${stateInWords(text(state))}${no}.`
}

const list = (value: unknown): Told[] => (Array.isArray(value) ? (value as Told[]) : [])

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
