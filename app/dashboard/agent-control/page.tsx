import type { Metadata } from 'next/types.js'
import { signOut } from '@/app/login/actions.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Board } from '@/components/board.tsx'
import { NoProject } from '@/components/emptyBoard.tsx'
import { rowOf, weekOf } from '@/components/grouped.ts'
import { Inbox } from '@/components/inbox.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { Overview } from '@/components/overview.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { zoneOf } from '@/components/strand.ts'
import { noticesOf } from '@/lib/store/notices.ts'
import { projects } from '@/lib/store/projects.ts'
import { board } from '@/lib/store/story.ts'
import { readUntil } from '@/lib/store/traffic.ts'

export const metadata: Metadata = { title: 'Agent control' }

export default async function Page({ searchParams }: { searchParams: Promise<{ project?: string | string[] }> }) {
  await requirePerson()
  const { project: slug } = await searchParams
  const { sql } = world()
  const all = await named(() => projects(sql))
  const project = all.find((one) => one.slug === slug) ?? all[0]
  if (!project) {
    return (
      <>
        <Masthead signOut={signOut}>
          <Live summary="No project yet" />
        </Masthead>
        <main id="main" className="page">
          <h1 className="sr-only">Agent control</h1>
          <NoProject />
        </main>
      </>
    )
  }
  const [strands, notices, lastTick] = await named(() =>
    Promise.all([board(sql, project.id), noticesOf(sql, project.id), readUntil(sql, project.id, 'traffic')]),
  )
  const desk = { project, now: new Date() }
  const rows = strands.map((strand) => rowOf(desk, strand))
  const week = weekOf(rows, desk.now)
  return (
    <>
      <Masthead signOut={signOut}>
        <Live summary={`${project.name}: ${week.waiting} waiting for you, ${week.cured} cured this week`} />
      </Masthead>
      <main id="main" className="page">
        <ProjectNav projects={all} current={project} />
        <Overview desk={desk} lastTick={lastTick} week={week} />
        <Board rows={rows} />
        <Inbox notices={notices} zone={zoneOf(desk)} />
      </main>
    </>
  )
}
