import Link from 'next/link'
import type { Metadata } from 'next/types.js'
import { Suspense } from 'react'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { examination } from '@/app/examination.ts'
import { signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { Findings } from '@/components/doctor.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { SetupNav } from '@/components/setupNav.tsx'

export const metadata: Metadata = { title: 'Doctor' }
/** Seconds; whoever does not answer is given up after fifteen. */
export const maxDuration = 60

const HERE = '/dashboard/agent-control/doctor'

/** Asks everybody there is a login for, once a visit: it does not refresh by itself. */
export default async function Page({ searchParams }: { searchParams: Query }) {
  await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  return (
    <>
      <Masthead signOut={signOut} project={project?.slug} here="Setup" />
      <main id="main" className="page page-tale">
        <SetupNav project={project?.slug} here="Doctor" />
        {project ? <ProjectNav projects={all} current={project} page={HERE} /> : null}
        <h1 className="tale-title">Doctor</h1>
        <Suspense fallback={<p className="mt-3 text-soft">Looking at everything there is a login for…</p>}>
          <Found project={project?.slug ?? null} />
        </Suspense>
      </main>
    </>
  )
}

async function Found({ project }: { project: string | null }) {
  const { sum, areas } = await named(() => examination(project === null ? [] : [project]))
  return (
    <>
      <p className="mt-3">
        {sum}{' '}
        <Link
          prefetch={false}
          className="link"
          href={project ? `${HERE}?project=${encodeURIComponent(project)}` : HERE}
        >
          Look again
        </Link>
      </p>
      {areas.map(({ area, looks }) => (
        <Findings key={area} area={area} looks={looks} />
      ))}
    </>
  )
}
