import type { AuditClaims, SealedRow } from '../domain/audit.ts'

type Found = (seq: number, problem: string) => void

/**
 * What the rows tell, against what stands in the tables: each effect has one intent before and at most one outcome
 * after it, and level, policy and pause are what somebody last decided.
 */
export function auditStory(found: Found) {
  const effects = new Map<string, { intent: number; outcome: string | null }>()
  const control = { level: 0, policyVersion: 0, paused: false }
  return {
    take({ seq, what, body }: Pick<SealedRow, 'seq' | 'what' | 'body'>): void {
      if (!what.startsWith('effect.') && !what.startsWith('control.')) return
      const told = read(body)
      if (what.startsWith('control.')) decided(control, what, told)
      const key = String(told.key)
      const known = effects.get(key)
      if (what === 'effect.intent') {
        if (known) found(seq, `${key} was allowed twice`)
        effects.set(key, { intent: seq, outcome: null })
      } else if (what === 'effect.confirmed' || what === 'effect.failed') {
        if (!known) found(seq, `${key} has an outcome, and nobody allowed it`)
        else if (known.outcome) found(seq, `${key} has two outcomes`)
        else known.outcome = what.slice('effect.'.length)
      }
    },
    end(claims: AuditClaims): void {
      const told = `level ${control.level}, policy ${control.policyVersion}${control.paused ? ', paused' : ''}`
      const stands = `level ${claims.level}, policy ${claims.policyVersion}${claims.paused ? ', paused' : ''}`
      if (told !== stands) found(claims.head.seq, `the project stands at ${stands}, and the audit says ${told}`)
      for (const { key, state, auditSeq } of claims.effects) {
        const known = effects.get(key)
        effects.delete(key)
        if (!known || known.intent !== auditSeq) found(auditSeq, `${key} was done, and nobody allowed it`)
        else if ((known.outcome ?? 'sending') !== state)
          found(auditSeq, `${key} stands as ${state}, and the audit says ${known.outcome ?? 'sending'}`)
      }
      for (const [key, { intent }] of effects) found(intent, `${key} was allowed and is gone`)
    },
  }
}

function decided(control: { level: number; policyVersion: number; paused: boolean }, what: string, told: Told): void {
  if (what === 'control.registered') Object.assign(control, { level: told.level, policyVersion: 1 })
  if (what === 'control.level') Object.assign(control, { level: told.level, policyVersion: told.policyVersion })
  if (what === 'control.policy') control.policyVersion = Number(told.policyVersion)
  if (what === 'control.paused') control.paused = true
  if (what === 'control.resumed') control.paused = false
}

type Told = Record<string, unknown>

/** A body that cannot be read was edited, which its seal tells already. */
function read(body: string): Told {
  try {
    const told: unknown = JSON.parse(body)
    return typeof told === 'object' && told !== null ? (told as Told) : {}
  } catch {
    return {}
  }
}
