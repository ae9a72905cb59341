import type { Metadata } from 'next/types.js'
import { chosen, one, type Query } from '@/app/chosen.ts'
import { signOut } from '@/app/login/actions.ts'
import { mayOf } from '@/app/may.ts'
import { named } from '@/app/named.ts'
import { requirePerson } from '@/app/session.ts'
import { world } from '@/app/world.ts'
import { Board } from '@/components/board.tsx'
import { Control } from '@/components/control.tsx'
import { rowOf, weekOf } from '@/components/grouped.ts'
import { Inbox } from '@/components/inbox.tsx'
import { Live } from '@/components/live.tsx'
import { Masthead } from '@/components/masthead.tsx'
import { Overview } from '@/components/overview.tsx'
import { ProjectNav } from '@/components/projectNav.tsx'
import { zoneOf } from '@/components/strand.ts'
import { inFlight } from '@/lib/store/effects.ts'
import { noticesOf } from '@/lib/store/notices.ts'
import { releasesUnderWay } from '@/lib/store/releases.ts'
import { board } from '@/lib/store/story.ts'
import { readUntil } from '@/lib/store/traffic.ts'
import { NoProjectPage } from './noProject.tsx'

export const metadata: Metadata = { title: 'Agent control' }

export default async function Page({ searchParams }: { searchParams: Query }) {
  const { role } = await requirePerson()
  const { all, project } = await chosen(one((await searchParams).project))
  if (!project) return <NoProjectPage title="Agent control" />
  const { sql, config } = world()
  const [strands, notices, lastTick, calls, releases] = await named(() =>
    Promise.all([
      board(sql, project.id),
      noticesOf(sql, project.id),
      readUntil(sql, project.id, 'traffic'),
      inFlight(sql, project.id),
      releasesUnderWay(sql, project.id),
    ]),
  )
  const desk = { project, now: new Date() }
  const rows = strands.map((strand) => rowOf(desk, strand))
  const week = weekOf(rows, desk.now)
  const stands = project.pausedAt ? 'paused' : 'at work'
  return (
    <>
      <Masthead signOut={signOut} project={project.slug} here="Board">
        <Live summary={`${project.name}: ${stands}, ${week.waiting} waiting for you, ${week.cured} cured this week`} />
      </Masthead>
      <main id="main" className="page">
        <ProjectNav projects={all} current={project} />
        <Overview desk={desk} lastTick={lastTick} week={week} />
        <Control desk={desk} halted={config.halted} inFlight={calls} releases={releases} may={mayOf(role)} />
        <Board rows={rows} />
        <Inbox notices={notices} zone={zoneOf(desk)} />
      </main>
    </>
  )
}
