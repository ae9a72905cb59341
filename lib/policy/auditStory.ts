import type { AuditClaims, SealedRow } from '../domain/audit.ts'
import { effectsStory, type Found, same, type Told } from './auditEffects.ts'

/**
 * What the rows tell, against what stands in the tables: each effect has one intent before and at most one outcome
 * after it, and level, policy, cap and pause are what somebody last decided.
 */
export function auditStory(found: Found) {
  const control: Control = { level: 0, policyVersion: 0, policy: {}, capPerDay: 0, paused: false }
  const effects = effectsStory(found)
  return {
    take(row: SealedRow): void {
      if (!row.what.startsWith('effect.') && !row.what.startsWith('control.')) return
      const told = read(row.body)
      if (row.what.startsWith('control.')) decided(control, row.what, told)
      effects.take(row, told)
    },
    end(claims: AuditClaims): void {
      const told = inWords(control)
      const stands = inWords(claims)
      if (told !== stands) found(claims.head.seq, `the project stands at ${stands}, and the audit says ${told}`)
      if (!same(control.policy, claims.policy))
        found(claims.head.seq, 'the project’s policy is not the one that was decided last')
      effects.end(claims)
    },
  }
}

type Control = Pick<AuditClaims, 'level' | 'policyVersion' | 'policy' | 'capPerDay' | 'paused'>

const inWords = ({ level, policyVersion, capPerDay, paused }: Control): string =>
  `level ${level}, policy ${policyVersion}, ${capPerDay} promotions a day${paused ? ', paused' : ''}`

/** What a project starts with; its registration names only what somebody chose. */
const CAP_PER_DAY = 10

function decided(control: Control, what: string, { level, policyVersion, policy, capPerDay }: Told): void {
  if (what === 'control.registered')
    Object.assign(control, { level, policyVersion: 1, policy, capPerDay: capPerDay ?? CAP_PER_DAY })
  if (what === 'control.level') Object.assign(control, { level, policyVersion })
  if (what === 'control.policy') Object.assign(control, { policyVersion, policy, capPerDay })
  if (what === 'control.paused') control.paused = true
  if (what === 'control.resumed') control.paused = false
}

/** A body that cannot be read was edited, which its seal tells already. */
function read(body: string): Told {
  try {
    const told: unknown = JSON.parse(body)
    return typeof told === 'object' && told !== null ? (told as Told) : {}
  } catch {
    return {}
  }
}
