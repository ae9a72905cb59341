import Link from 'next/link'
import type { ReactNode } from 'react'
import { Attempts } from './attempts.tsx'
import { AuditChapter } from './auditChapter.tsx'
import { Badge } from './badge.tsx'
import { CameBack } from './cameBack.tsx'
import { Cells } from './cells.tsx'
import { newestFix } from './cellText.ts'
import { CureChapter } from './cureChapter.tsx'
import { Felt } from './felt.tsx'
import { FixChapter } from './fixChapter.tsx'
import { rowOf } from './grouped.ts'
import { ProofChapter } from './proofChapter.tsx'
import { ReleaseChapter } from './releaseChapter.tsx'
import { Sources } from './sources.tsx'
import { STATES } from './states.ts'
import { type Desk, type Told, zoneOf } from './strand.ts'
import { Untrusted } from './untrusted.tsx'
import { Why } from './why.tsx'

/**
 * One issue told from top to bottom: what users felt, why, the fix, its proof, its way out, and whether it helped.
 * `children`: what a person can decide about it now.
 */
export function Tale({ told, desk, children }: { told: Told; desk: Desk; children?: ReactNode }) {
  const zone = zoneOf(desk)
  const row = rowOf(desk, told)
  const fix = newestFix(told.fixes, told.release?.fix)
  return (
    <article>
      <p>
        <Link prefetch={false} href={`/dashboard/agent-control?project=${desk.project.slug}`} className="link">
          All issues
        </Link>
      </p>
      <h1 className="tale-title">
        <span className="text-soft tabular-nums">#{told.issue.id}</span> <Untrusted text={told.issue.title} />
      </h1>
      <p className="mt-4 flex max-w-prose flex-wrap items-baseline gap-x-3 gap-y-1">
        <Badge state={STATES[row.stage.stage]} />
        <Untrusted text={row.stage.sentence} />
      </p>
      <CameBack earlier={told.earlier} zone={zone} />
      <Cells row={row} />
      {children}
      <Felt told={told} desk={desk} />
      <Why diagnosis={told.diagnosis} told={told.witnesses.length} zone={zone} />
      <FixChapter fix={fix} />
      <ProofChapter fix={fix} />
      <ReleaseChapter release={told.release} effects={told.effects} audit={told.audit} zone={zone} />
      <CureChapter release={told.release} audit={told.audit} />
      <Attempts fixes={told.fixes} zone={zone} />
      <Sources diagnosis={told.diagnosis} witnesses={told.witnesses} zone={zone} />
      <AuditChapter audit={told.audit} zone={zone} />
      <p className="mt-8 text-soft">Times are {zone} time.</p>
    </article>
  )
}
