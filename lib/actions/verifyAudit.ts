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

/**
 * Reads the whole audit in one picture and checks it here, not in the database that might have been tampered with.
 * Anchors are read before: none may be newer than the picture.
 */
export async function verifyAudit(sql: Sql, project: number, anchors: Anchor[] = []): Promise<AuditAnswer> {
  return inOnePicture(sql, async (tx) => {
    const reading = readAudit(anchors)
    for (let after = 0, more = true; more; ) {
      const rows = await sealedRows(tx, project, after, BATCH)
      reading.take(rows)
      after = rows.at(-1)?.seq ?? after
      more = rows.length === BATCH
    }
    return reading.end(await auditClaims(tx, project))
  })
}

/** A check that is given its rows page by page, from wherever they come. */
export interface AuditReading {
  /** Rows in their order, oldest first. */
  take(rows: SealedRow[]): void
  /** Against what the tables claimed when the last rows were read. */
  end(claims: AuditClaims | null): AuditAnswer
}

export function readAudit(anchors: Anchor[]): AuditReading {
  const check = auditCheck(anchors)
  let head = { seq: 0, hash: '00' }
  let count = 0
  return {
    take(rows) {
      for (const row of rows) check.take(row)
      count += rows.length
      const { seq, hash } = rows.at(-1) ?? head
      head = { seq, hash }
    },
    end(claims) {
      const problems = check.end(claims ?? NOTHING)
      const answer = problems.length === 0 ? 'holds' : 'broken'
      return { answer, rows: count, head, anchors: anchors.length, problems }
    },
  }
}

/** A project that is gone claims nothing, which no audit agrees with. */
const NOTHING: AuditClaims = {
  head: { seq: -1, hash: '' },
  level: 0,
  policyVersion: 0,
  policy: null,
  capPerDay: 0,
  paused: false,
  effects: [],
}
