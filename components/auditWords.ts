import type { AuditLine } from './strand.ts'

/** One row of the audit as a sentence: what happened, then the reason it carries. Untrusted. */
export function auditWords({ what, body }: AuditLine): string {
  const said = SAID.get(what)?.(body) ?? what.replace(/^release\./, 'Release: ')
  const reason = text(body, 'reason') || text(body, 'why') || text(body, 'waiting') || text(body, 'cure')
  return reason ? `${said}: ${reason}` : said
}

type Body = AuditLine['body']

const text = (body: Body, key: string): string => {
  const value = body[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const effect = (body: Body): string =>
  [text(body, 'kind'), text(body, 'target')].filter(Boolean).join(' to ') || fromKey(text(body, 'key'))

/** `<fix>:merge:staging` as `merge to staging`; a notice's key is of no interest. */
function fromKey(key: string): string {
  const [whose, ...rest] = key.split(':')
  return whose === 'tell' ? 'tell to inbox' : rest.join(' to ') || key
}

const SAID = new Map<string, (body: Body) => string>([
  ['issue.opened', (body) => `Issue opened as ${text(body, 'severity')}`],
  ['issue.diagnosed', (body) => `Diagnosed: ${text(body, 'cause')}, remedy ${text(body, 'remedy')}`],
  ['fix.proven', (body) => `Attempt ${text(body, 'attempt')} proven`],
  ['fix.refused', (body) => `Attempt ${text(body, 'attempt')} refused`],
  ['effect.intent', (body) => `Allowed: ${effect(body)}`],
  ['effect.confirmed', (body) => `Read back as done: ${effect(body)}`],
  ['effect.failed', (body) => `Failed: ${effect(body)}`],
  ['effect.refused', (body) => `Refused: ${effect(body)}`],
  ['work.stuck', () => 'Stuck'],
])
