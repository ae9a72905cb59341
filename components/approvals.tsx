import type { Approval } from '@/lib/domain/approval.ts'
import type { Proven } from '@/lib/domain/fix.ts'
import { Mark } from './badge.tsx'
import { type Desk, zoneOf } from './strand.ts'
import { When } from './time.tsx'
import { Untrusted } from './untrusted.tsx'

/** What became of a yes, in words; `holds` only where nothing speaks against it. */
export function approvalState(
  { revokedAt, revokedWhy, expiresAt, tree, policyVersion, usedBy }: Approval,
  fix: Pick<Proven, 'tree'> | null,
  { project, now }: Desk,
): { holds: boolean; says: string } {
  if (revokedAt !== null) return { holds: false, says: `Void: ${revokedWhy}` }
  if (expiresAt <= now) return { holds: false, says: 'Expired' }
  if (policyVersion !== project.policyVersion)
    return {
      holds: false,
      says: `Void: given under policy version ${policyVersion}, now it is ${project.policyVersion}`,
    }
  if (fix && tree !== fix.tree) return { holds: false, says: 'Void: it was for another tree' }
  return { holds: true, says: usedBy ? `Holds, and serves ${usedBy.replace(':', ' ')}` : 'Holds, not used yet' }
}

/** Every yes to this fix: whose, up to where, until when, and what became of it. */
export function Approvals({ approvals, fix, desk }: { approvals: Approval[]; fix: Proven | null; desk: Desk }) {
  if (approvals.length === 0) return null
  const zone = zoneOf(desk)
  return (
    <ul className="approvals" aria-label="Approvals">
      {approvals.map((approval) => {
        const { holds, says } = approvalState(approval, fix, desk)
        return (
          <li key={approval.id}>
            <Mark
              icon={holds ? 'check' : 'cross'}
              word={holds ? 'Approved' : 'No longer'}
              tone={holds ? 'good' : 'still'}
            />
            <span>
              Up to {approval.target}, by <Untrusted text={approval.by} />, <When at={approval.at} zone={zone} /> until{' '}
              <When at={approval.expiresAt} zone={zone} />.{' '}
              <span className="text-soft">
                <Untrusted text={`${says}.`} />
              </span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
