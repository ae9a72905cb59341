import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { HandOvers } from '@/components/handOvers.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { MorningNote } from '@/components/morningNote.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { morningNote } from '@/lib/actions/report.ts'
import { sinceOf } from '@/lib/policy/since.ts'
import { summariesOf } from '@/lib/store/summaries.ts'
import { NoProjectPage } from '../noProject.tsx'

export const metadata: Metadata = { title: 'Morning note' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  await requirePerson()
  const query = await searchParams
  const { all, project } = await chosen(one(query.project))
  if (!project) return <NoProjectPage title="Morning note" />
  const asked = one(query.since) ?? null
  // An address that was typed wrong shows the usual night, not an error.
  const since = sinceOf(asked, project.policy.hours.zone, new Date()).ok ? asked : null
  const { actor, sql } = world()
  const [report, summaries] = await named(() =>
    Promise.all([morningNote(actor, project, since), summariesOf(sql, project.id)]),
  )
  return (
    <>
      <Masthead signOut={signOut} project={project.slug} here="Morning note">
        <Live summary={`${project.name}: ${report.headline}`} />
      </Masthead>
      <main id="main" className="page page-tale">
        <ProjectNav projects={all} current={project} page="/dashboard/agent-control/report" />
        <MorningNote report={report} since={since} />
        <HandOvers summaries={summaries} zone={report.zone} />
      </main>
    </>
  )
}
