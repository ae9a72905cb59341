import type { Sql } from 'postgres'
import type { Anchor, AuditProblem } from '../domain/audit.ts'
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
    const check = auditCheck(anchors)
    let last = { seq: 0, hash: '00' }
    let rows = 0
    for (;;) {
      const batch = await sealedRows(tx, project, last.seq, BATCH)
      for (const row of batch) check.take(row)
      rows += batch.length
      last = batch.at(-1) ?? last
      if (batch.length < BATCH) break
    }
    const claims = await auditClaims(tx, project)
    const nothing = { head: { seq: -1, hash: '' }, level: 0, policyVersion: 0, paused: false, effects: [] }
    const problems = check.end(claims ?? nothing)
    return {
      answer: problems.length === 0 ? 'holds' : 'broken',
      rows,
      head: { seq: last.seq, hash: last.hash },
      anchors: anchors.length,
      problems,
    }
  })
}
