import { shownTo, theirs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { dsnOf } from '@/lib/actions/registerProject.ts'
import { settingsOf } from '@/lib/store/settings.ts'

export const dynamic = 'force-dynamic'

/** Settings of every project, or of the one named, with where its SDKs send events. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { config, sql } = world()
    const wanted = new URL(request.url).searchParams.get('project')
    const chosen = (await theirs(who)).filter(({ slug }) => wanted === null || slug === wanted)
    const shown = chosen.map(async ({ id, slug, name }) => {
      const { settings, seen, ...ingest } = await settingsOf(sql, id)
      return { project: slug, name, settings, seen, dsn: dsnOf(config.url, ingest) }
    })
    return { projects: await Promise.all(shown) }
  })
