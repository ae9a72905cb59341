import { text } from './auditWords.ts'
import { changesInWords } from './policyWords.ts'
import type { AuditLine } from './strand.ts'
import { clockIn } from './time.tsx'

/** What a row of the audit holds besides its sentence, each as a name and words. Untrusted. */
export function auditMore({ body, what }: AuditLine, zone: string): [name: string, words: string[]][] {
  const decision = isRecord(body.decision) ? body.decision : {}
  const at = (key: string) => clockIn(zone, new Date(text(decision, key)), true)
  const found: [string, string[]][] = [
    ['Decided', answered(decision)],
    ['Because', list(decision.reasons)],
    ['Holds', decision.from && decision.until ? [`${at('from')} to ${at('until')}`] : []],
    ['Approval', plain(body, 'approval')],
    ['Acts on', plain(body, 'aim')],
    ['Tree', plain(body, 'tree')],
    ['Fix', plain(body, 'fix')],
    ['Receipt', isRecord(body.receipt) ? Object.entries(body.receipt).map(([k, v]) => `${k}: ${String(v)}`) : []],
    ['Calls', list(body.inFlight)],
    ['Changed', what === 'control.policy' ? policyChanges(body) : []],
    ['Through', throughOf(body.via)],
    ['Key', plain(body, 'key')],
  ]
  return found.filter(([, words]) => words.length > 0)
}

const THROUGH: Record<string, string> = { cli: 'the command line', page: 'the control room', slack: 'Slack' }
const throughOf = (via: unknown): string[] =>
  typeof via === 'string' && Object.hasOwn(THROUGH, via) ? [THROUGH[via]!] : []

const answered = (decision: Record<string, unknown>): string[] =>
  text(decision, 'answer')
    ? [`${text(decision, 'answer')}, under policy version ${text(decision, 'policyVersion') || 'unknown'}`]
    : []

/** The row does not hold the cap from before, so only the policy is compared. */
function policyChanges({ policy, was, capPerDay }: AuditLine['body']): string[] {
  if (!isRecord(policy) || !isRecord(was)) return []
  const cap = Number(capPerDay)
  const side = (one: unknown) => ({ level: 0, capPerDay: cap, policy: one })
  return [...changesInWords(side(was), side(policy)), `Promotions: at most ${cap} a day`]
}

const plain = (body: AuditLine['body'], key: string): string[] => [text(body, key)].filter(Boolean)

const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
