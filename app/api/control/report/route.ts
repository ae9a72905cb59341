import { shownTo, theirs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { morningNote } from '@/lib/actions/report.ts'

export const dynamic = 'force-dynamic'

/** The morning note of every project, or of the one named. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { actor } = world()
    const query = new URL(request.url).searchParams
    const wanted = query.get('project')
    const chosen = (await theirs(who)).filter(({ slug }) => wanted === null || slug === wanted)
    return { reports: await Promise.all(chosen.map((project) => morningNote(actor, project, query.get('since')))) }
  })
