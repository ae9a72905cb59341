import { effectInWords } from './effectWords.ts'
import { many } from './numbers.ts'
import { stateInWords } from './states.ts'
import type { AuditLine } from './strand.ts'

/** One row of the audit as a sentence: what happened, then the reason it carries. Untrusted. */
export function auditWords({ what, body }: AuditLine): string {
  const said =
    SAID.get(what)?.(body) ?? what.replace(/^release\.(.*)$/s, (_all, state) => `Release: ${stateInWords(state)}`)
  const reason = text(body, 'reason') || text(body, 'why') || text(body, 'waiting') || text(body, 'cure')
  return reason ? `${said}: ${reason}` : said
}

type Body = AuditLine['body']

export const text = (body: Body, key: string): string => {
  const value = body[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const effect = (body: Body): string => {
  const kind = text(body, 'kind')
  return kind ? effectInWords(kind, text(body, 'target')) : fromKey(text(body, 'key'))
}

/** Where a notice of that kind went; elsewhere it is the inbox. */
const TOLD: Record<string, string> = {
  ...{ remark: 'tracker', resolve: 'tracker', slack: 'slack', email: 'email' },
  ...{ pull: 'pull', deployed: 'pull', escalated: 'pull' },
}

/** `<fix>:merge:staging#2` as `merge to staging, try 2`; a notice's key is of no interest. */
function fromKey(key: string): string {
  const [name = '', tried] = key.split('#')
  const [whose, kind, target = ''] = name.split(':')
  if (whose === 'tell') return effectInWords('tell', TOLD[kind ?? ''] ?? 'inbox')
  if (!kind) return key
  return `${effectInWords(kind, target)}${tried ? `, try ${tried}` : ''}`
}

const by = (body: Body): string => (text(body, 'invitedBy') ? `, invited by ${text(body, 'invitedBy')}` : '')

const SAID = new Map<string, (body: Body) => string>([
  ['issue.opened', (body) => `Issue opened as ${text(body, 'severity')}`],
  ['issue.diagnosed', (body) => `Diagnosed: ${text(body, 'cause')}, remedy ${text(body, 'remedy')}`],
  ['issue.reopened', () => 'Issue open again'],
  ['fix.proven', (body) => `Attempt ${text(body, 'attempt')} proven`],
  ['fix.waits', (body) => `Attempt ${text(body, 'attempt')} waits`],
  ['fix.refused', (body) => `Attempt ${text(body, 'attempt')} refused`],
  ['effect.intent', (body) => `Allowed: ${effect(body)}`],
  ['effect.confirmed', (body) => `Read back as done: ${effect(body)}`],
  ['effect.failed', (body) => `Failed: ${effect(body)}`],
  ['effect.refused', (body) => `Refused: ${effect(body)}`],
  ['work.stuck', () => 'Stuck'],
  ['control.registered', (body) => `Project ${text(body, 'slug')} registered at level ${text(body, 'level')}`],
  ['control.paused', (body) => `Paused${calls(body)}`],
  ['control.resumed', () => 'Resumed'],
  ['control.git-login', (body) => `Reaches ${text(body, 'host')} with a ${text(body, 'kind')} to ${text(body, 'use')}`],
  ['control.git-login-ended', (body) => `The ${text(body, 'kind')} for ${text(body, 'host')} was taken away`],
  ['control.git-host', (body) => `Trusts ${text(body, 'host')}: ${text(body, 'fingerprint')}`],
  ['control.linked', (body) => linked(body)],
  ['control.revoked', (body) => `${text(body, 'name')}’s review does not stand any more: fix ${text(body, 'fix')}`],
  ['control.invited', (body) => `Invited: ${text(body, 'email')} as ${text(body, 'role')}`],
  ['control.uninvited', (body) => `Invitation taken back: ${text(body, 'email')}`],
  ['control.joined', (body) => `Came in as ${text(body, 'role')}${by(body)}`],
  [
    'control.role',
    (body) => `${text(body, 'name')}: ${text(body, 'from')} to ${text(body, 'role')}, or other projects`,
  ],
  ['control.removed', (body) => `Removed: ${text(body, 'name')}, who was ${text(body, 'from')}`],
  ['control.approved', (body) => `Approved: fix ${text(body, 'fix')} up to ${text(body, 'target')}${hours(body)}`],
  ['control.rejected', (body) => `Rejected: fix ${text(body, 'fix')}`],
  ['control.rollback', (body) => `Rollback ordered: release ${text(body, 'release')}`],
  ['control.level', (body) => `Level ${text(body, 'from')} to level ${text(body, 'level')}${version(body)}`],
  ['control.connected', (body) => `Connected with ${text(body, 'with')}`],
  ['control.settings', () => 'Settings changed'],
  ['control.policy', (body) => `Policy changed${version(body)}`],
])

function calls({ inFlight }: Body): string {
  const n = Array.isArray(inFlight) ? inFlight.length : 0
  return n > 0 ? ` with ${many(n, 'call')} under way` : ''
}

const linked = (body: Body): string => {
  const [where, name] = body.github === undefined ? ['Slack', text(body, 'slack')] : ['GitHub', text(body, 'github')]
  return `Linked to ${where}: ${text(body, 'name')} is ${name}`
}

const hours = (body: Body): string => (text(body, 'hours') ? `, for ${Number(text(body, 'hours'))} hours` : '')

const version = (body: Body): string =>
  text(body, 'policyVersion') ? `, which makes policy version ${text(body, 'policyVersion')}` : ''
