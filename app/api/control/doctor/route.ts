import { examination } from '@/app/examination.ts'
import { shownTo } from '@/app/guard.ts'

export const dynamic = 'force-dynamic'
/** Seconds; whoever does not answer is given up after fifteen. */
export const maxDuration = 60

/** Everything Nightshift stands on, looked at by calls that change nothing. */
export const GET = (request: Request) =>
  shownTo(request, () => examination(new URL(request.url).searchParams.get('project')))
