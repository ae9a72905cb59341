import { createHash } from 'node:crypto'
import type { Anchor, AuditClaims, AuditProblem, SealedRow } from '../domain/audit.ts'
import { auditStory } from './auditStory.ts'

/** What stands before the first row. */
const GENESIS = '00'

/**
 * Every field carries its length in bytes, so that no two rows read the same; made as the database makes it, and here
 * once more, because a database that was tampered with would also verify itself.
 */
export function sealOf({ project, seq, at, actor, what, body, prev }: Omit<SealedRow, 'hash'>): string {
  const fields = [String(project), String(seq), at, actor, what, body].map((f) => `${Buffer.byteLength(f)}:${f}`)
  return createHash('sha256').update(Buffer.from(prev, 'hex')).update(fields.join('|')).digest('hex')
}

export interface AuditCheck {
  /** Rows in the order of their numbers. */
  take(row: SealedRow): void
  /** What is wrong, first row first; empty when the audit holds. */
  end(claims: AuditClaims): AuditProblem[]
}

/** Where a break is found everything after it is doubtful, so one break is told and not a thousand. */
const MOST = 20

/**
 * Holds an audit against itself, against what was written down outside, and against the rows it describes: an edited,
 * deleted, reordered or cut row, a chain that was made anew, an older backup, an effect that nobody allowed.
 */
export function auditCheck(anchors: Anchor[]): AuditCheck {
  const problems: AuditProblem[] = []
  const found = (seq: number, problem: string) => problems.push({ seq, problem })
  const known = new Map<number, Anchor[]>()
  for (const anchor of anchors) known.set(anchor.seq, [...(known.get(anchor.seq) ?? []), anchor])
  const story = auditStory(found)
  let last = { seq: 0, hash: GENESIS }
  return {
    take(row) {
      if (row.seq !== last.seq + 1) found(row.seq, `a row is missing or out of order before row ${row.seq}`)
      if (row.prev !== last.hash) found(row.seq, 'the link to the row before is broken')
      if (row.hash !== sealOf(row)) found(row.seq, 'the row was edited')
      for (const { hash, where } of known.get(row.seq) ?? [])
        if (hash !== row.hash) found(row.seq, `${where} knows another row ${row.seq}: history was rewritten`)
      story.take(row)
      last = { seq: row.seq, hash: row.hash }
    },
    end(claims) {
      if (claims.head.seq !== last.seq || claims.head.hash !== last.hash)
        found(last.seq, `the end was cut off: the project is at row ${claims.head.seq}, the audit at ${last.seq}`)
      const beyond = anchors.filter(({ seq }) => seq > last.seq).sort((a, b) => b.seq - a.seq)[0]
      if (beyond) found(last.seq, `${beyond.where} knows row ${beyond.seq}: the end was cut off, or a backup restored`)
      story.end(claims)
      return problems.sort((a, b) => a.seq - b.seq).slice(0, MOST)
    },
  }
}
