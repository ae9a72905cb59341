import type { AuditClaims, ClaimedEffect, SealedRow } from '../domain/audit.ts'

export type Found = (seq: number, problem: string) => void
/** A row's body. */
export type Told = Record<string, unknown>

interface Intent {
  seq: number
  at: string
  told: Told
  outcome: { state: string; receipt: unknown } | null
}

/** Effects as the rows tell them: allowed once, settled at most once, and as they stand in their table. */
export function effectsStory(found: Found) {
  const intents = new Map<string, Intent>()
  /** Fix and tree of every yes that a person gave. */
  const approved = new Set<string>()
  return {
    take({ seq, at, what }: SealedRow, told: Told): void {
      const key = String(told.key)
      const known = intents.get(key)
      if (what === 'control.approved') approved.add(`${told.fix} ${told.tree}`)
      if (what === 'effect.intent') {
        if (known) found(seq, `${key} was allowed twice`)
        if (told.approval && !approved.has(`${told.fix} ${told.tree}`))
          found(seq, `${key} was allowed by an approval that nobody gave`)
        intents.set(key, { seq, at, told, outcome: null })
      } else if (what === 'effect.confirmed' || what === 'effect.failed') {
        if (!known) found(seq, `${key} has an outcome, and nobody allowed it`)
        else if (known.outcome) found(seq, `${key} has two outcomes`)
        else known.outcome = { state: what.slice('effect.'.length), receipt: told.receipt }
      }
    },
    end(claims: AuditClaims): void {
      for (const effect of claims.effects) {
        const { key, auditSeq } = effect
        const intent = intents.get(key)
        intents.delete(key)
        if (intent?.seq !== auditSeq) found(auditSeq, `${key} was done, and nobody allowed it`)
        else for (const problem of differences(intent, effect)) found(auditSeq, `${key} ${problem}`)
      }
      for (const [key, { seq }] of intents) found(seq, `${key} was allowed and is gone`)
    },
  }
}

/** What the intent's row says of an effect, by the names it has there. */
const NAMED = ['kind', 'class', 'target', 'tree', 'fix', 'decision', 'approval'] as const
/** Seconds between the intent's row and the effect's, which are written one after the other. */
const APART = 60

/** Both sides were written by one database and read by one reader, so that the same value has the same text. */
export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

function differences({ at, told, outcome }: Intent, effect: ClaimedEffect): string[] {
  const names: string[] = NAMED.filter((name) => !same(told[name], effect[name]))
  if (!same(told.aim ?? '', effect.aim)) names.push('aim')
  if (!(Math.abs(Date.parse(`${at}Z`) - Date.parse(`${effect.at}Z`)) < APART * 1000)) names.push('time')
  const said = outcome ?? { state: 'sending', receipt: null }
  const problems = names.map((name) => `is not what was allowed: another ${name}`)
  if (said.state !== effect.state) problems.push(`stands as ${effect.state}, and the audit says ${said.state}`)
  else if (!same(said.receipt, effect.receipt)) problems.push('has another receipt than was read back')
  return problems
}
