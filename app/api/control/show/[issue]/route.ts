import { mustBeTheirs, shownTo } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { shownIssue } from '@/lib/actions/issueStory.ts'
import { Fault } from '@/lib/errors.ts'

export const dynamic = 'force-dynamic'

export const GET = (request: Request, { params }: { params: Promise<{ issue: string }> }) =>
  shownTo(request, async (who) => {
    const { issue } = await params
    if (!/^[1-9]\d{0,8}$/.test(issue)) throw new Fault('NOT_FOUND', `issue ${issue.slice(0, 20)}`)
    const shown = await shownIssue(world().actor, Number(issue))
    await mustBeTheirs(who, shown.project, `issue ${issue}`)
    return { ...shown }
  })
