import type { Sql } from 'postgres'
import type { Anchor } from '../../lib/domain/audit.ts'
import type { Lease } from '../../lib/domain/work.ts'
import { auditHead, note } from '../../lib/store/audit.ts'
import { pause } from '../../lib/store/control.ts'
import { claimEffect, settleEffect } from '../../lib/store/effects.ts'
import { go, request } from './fixture.ts'

/**
 * A history made through the real functions, with positions kept outside after each step, as the product keeps them
 * after every tick and every decision.
 */
export async function history(
  sql: Sql,
  project: number,
  lease: Lease,
  next: () => number,
  steps: number,
): Promise<Anchor[]> {
  const anchors: Anchor[] = []
  for (let n = 0; n < steps; n++) {
    await STEPS[Math.floor(next() * STEPS.length)]!(sql, project, lease, `${n}`)
    anchors.push({ ...(await auditHead(sql, project))!, where: 'the state folder' })
  }
  return anchors
}

type Step = (sql: Sql, project: number, lease: Lease, n: string) => Promise<unknown>

const STEPS: Step[] = [
  (sql, project, _, n) => note(sql, project, 'watcher', 'issue.opened', { issue: 1, n, why: 'ä "quoted" \\ 😀' }),
  (sql, project, lease, n) => claimEffect(sql, lease, request(project, { key: `a${n}` }), false),
  async (sql, project, lease, n) => {
    await claimEffect(sql, lease, request(project, { key: `b${n}` }), false)
    await settleEffect(sql, project, `b${n}`, Number(n) % 2 ? 'confirmed' : 'failed', { n })
  },
  (sql, project, lease, n) => claimEffect(sql, lease, request(project, { key: `c${n}`, decision: go(0) }), false),
  (sql, project) => pause(sql, project, 'Ada', 'why not'),
]
