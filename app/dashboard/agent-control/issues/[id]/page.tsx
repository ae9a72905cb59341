import { notFound } from 'next/navigation'
import type { Metadata } from 'next/types.js'
import { signOut } from '@/app/login/actions.ts'
import { mayOf } from '@/app/may.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { newestFix } from '@/components/cellText.ts'
import { Decide } from '@/components/decide.tsx'
import { rowOf } from '@/components/grouped.ts'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { Tale } from '@/components/tale.tsx'
import { issueStory } from '@/lib/actions/issueStory.ts'
import { approvalsOf } from '@/lib/store/approvals.ts'
import { isMember } from '@/lib/store/members.ts'
import { releasesOf } from '@/lib/store/releases.ts'

interface Props {
  params: Promise<{ id: string }>
}

/** Nine digits fit PostgreSQL's integer; anything else names no issue. */
const ID = /^[1-9]\d{0,8}$/

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params
  return { title: ID.test(id) ? `Issue ${id}` : 'Not found' }
}

export default async function Page({ params }: Props) {
  const { id: person, role } = await requirePerson()
  const { id } = await params
  if (!ID.test(id)) notFound()
  const { sql } = world()
  const found = await named(() => issueStory(sql, Number(id)))
  // Of a project that is not theirs it is as if it were not there.
  if (!found || !(await named(() => isMember(sql, person, found.project.id)))) notFound()
  const { told, project } = found
  const desk = { project, now: new Date() }
  const fix = newestFix(told.fixes, told.release?.fix)
  const [approvals, releases] = await named(() =>
    Promise.all([fix ? approvalsOf(sql, fix.id) : [], releasesOf(sql, told.issue.id)]),
  )
  const earlier = releases.filter((release) => release.id !== told.release?.id).reverse()
  return (
    <>
      <Masthead signOut={signOut} project={project.slug}>
        <Live summary={rowOf(desk, told).stage.sentence} />
      </Masthead>
      <main id="main" className="page page-tale">
        <Tale told={told} desk={desk}>
          <Decide
            told={told}
            desk={desk}
            earlier={earlier}
            approvals={approvals}
            holds={project.policy.approvalHours}
            may={mayOf(role)}
          />
        </Tale>
      </main>
    </>
  )
}
