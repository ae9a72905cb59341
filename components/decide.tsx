import type { Approval } from '@/lib/domain/approval.ts'
import type { Release } from '@/lib/domain/release.ts'
import { Answers } from './answers.tsx'
import { Approvals } from './approvals.tsx'
import { ApproveForm } from './approveForm.tsx'
import { Why } from './ask.tsx'
import { Decision } from './decision.tsx'
import { Fold } from './fold.tsx'
import type { May } from './may.ts'
import { backInWords, offersOf } from './offers.ts'
import { stateInWords } from './states.ts'
import { type Desk, type Told, zoneOf } from './strand.ts'

export interface Decidable {
  told: Told
  desk: Desk
  /** Releases of this issue before the newest one. */
  earlier: Release[]
  /** Of the fix that is shown. */
  approvals: Approval[]
  /** Hours an approval holds. */
  holds: number
  may: May
}

/** What a person decides about this issue: approve or reject the fix, take a release back. */
export function Decide({ told, desk, earlier, approvals, holds, may }: Decidable) {
  const { fix, reject, rollbacks } = offersOf(told, earlier)
  const { project } = desk
  const approve = may.approve ? fix : null
  const rejects = may.reject && reject ? fix : null
  const backs = may.rollback ? rollbacks : []
  const looks = !may.approve && (fix !== null || rollbacks.length > 0)
  const nothing = !approve && !rejects && backs.length === 0
  const empty = nothing && !looks && approvals.length === 0
  return (
    <section aria-labelledby="decide" className={empty ? undefined : 'panel decide'}>
      <h2 id="decide" className={empty ? 'sr-only' : 'decide-title'}>
        {empty ? 'Nothing to decide' : nothing ? 'Decisions' : 'Your decision'}
      </h2>
      <Answers key={told.issue.id} zone={zoneOf(desk)}>
        <Approvals approvals={approvals} fix={fix} desk={desk} />
        {approve ? (
          <ApproveForm
            fix={approve.id}
            tree={approve.tree}
            base={approve.base}
            policyVersion={project.policyVersion}
            holds={holds}
          />
        ) : null}
        {rejects ? (
          <Fold title="Reject…">
            <p>
              This patch never comes again. Where it is on staging already it is taken out, and your reason goes to the
              next attempt.
            </p>
            <Decision verb="reject" about={{ fix: rejects.id }} submit="Reject" tone="danger">
              <Why required />
            </Decision>
          </Fold>
        ) : null}
        {looks ? <p className="mt-2 text-soft">You may look. Owners and operators decide.</p> : null}
        {backs.map((release) => (
          <Fold key={release.id} title={titleOf(release, told.release)}>
            <p>{backInWords(release, project.settings.branches)}</p>
            <Decision verb="rollback" about={{ release: release.id }} submit="Roll back" tone="danger">
              <Why required />
            </Decision>
          </Fold>
        ))}
      </Answers>
    </section>
  )
}

/** An earlier release may still be out there: it is named by what became of it. */
function titleOf({ id, state }: Release, newest: Release | null): string {
  if (id !== newest?.id) return `Roll back the earlier release ${id} (${stateInWords(state)})…`
  return state === 'rolling-back' ? 'Order this rollback…' : 'Roll back…'
}
