import type { Sql } from 'postgres'
import type { Anchor, AuditClaims, AuditProblem, SealedRow } from '../domain/audit.ts'
import { auditCheck } from '../policy/auditChain.ts'
import { auditClaims, inOnePicture, sealedRows } from '../store/audit.ts'

export interface AuditAnswer {
  answer: 'holds' | 'broken'
  /** Rows read. */
  rows: number
  /** The newest row: what a person may write down. */
  head: { seq: number; hash: string }
  /** How many positions kept outside the database it was held against. */
  anchors: number
  problems: AuditProblem[]
}

const BATCH = 2000

/** Reads the whole audit in one picture and checks it here, not in the database that might have been tampered with. */
export async function verifyAudit(sql: Sql, project: number, anchors: Anchor[] = []): Promise<AuditAnswer> {
  return inOnePicture(sql, async (tx) => {
    const rows: SealedRow[] = []
    for (let batch = rows; ; ) {
      batch = await sealedRows(tx, project, rows.at(-1)?.seq ?? 0, BATCH)
      rows.push(...batch)
      if (batch.length < BATCH) break
    }
    return checkAudit(rows, (await auditClaims(tx, project)) ?? NOTHING, anchors)
  })
}

/** A project that is gone claims nothing, which no audit agrees with. */
const NOTHING: AuditClaims = { head: { seq: -1, hash: '' }, level: 0, policyVersion: 0, paused: false, effects: [] }

/** Rows from wherever they came, oldest first, against what their tables claim and what was written down elsewhere. */
export function checkAudit(rows: SealedRow[], claims: AuditClaims, anchors: Anchor[]): AuditAnswer {
  const check = auditCheck(anchors)
  for (const row of rows) check.take(row)
  const problems = check.end(claims)
  const { seq, hash } = rows.at(-1) ?? { seq: 0, hash: '00' }
  return {
    answer: problems.length === 0 ? 'holds' : 'broken',
    rows: rows.length,
    head: { seq, hash },
    anchors: anchors.length,
    problems,
  }
}
