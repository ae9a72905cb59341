import { examination } from '@/app/examination.ts'
import { shownTo, theirs } from '@/app/guard.ts'

export const dynamic = 'force-dynamic'
/** Seconds; whoever does not answer is given up after fifteen. */
export const maxDuration = 60

/** Everything Nightshift stands on, looked at by calls that change nothing. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const wanted = new URL(request.url).searchParams.get('project')
    const slugs = (await theirs(who)).map(({ slug }) => slug)
    return examination(slugs.filter((slug) => wanted === null || slug === wanted))
  })
