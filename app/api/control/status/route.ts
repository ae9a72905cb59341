import { shownTo, theirs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { statusOf } from '@/lib/actions/status.ts'
import { roleProblem } from '@/lib/store/database.ts'

export const dynamic = 'force-dynamic'

/** Every project, or the one named: what it does now and what waits for a person. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { config, sql, actor } = world()
    const wanted = new URL(request.url).searchParams.get('project')
    const chosen = (await theirs(who)).filter(({ slug }) => wanted === null || slug === wanted)
    return {
      killSwitch: config.halted,
      database: { problem: await roleProblem(sql) },
      projects: await Promise.all(chosen.map((project) => statusOf(actor, project))),
    }
  })
