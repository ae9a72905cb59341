import { mustBeTheirs, shownTo } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { whyOf } from '@/lib/actions/why.ts'
import { Fault } from '@/lib/errors.ts'

export const dynamic = 'force-dynamic'

export const GET = (request: Request, { params }: { params: Promise<{ release: string }> }) =>
  shownTo(request, async (who) => {
    const { release } = await params
    if (!/^[1-9]\d{0,8}$/.test(release)) throw new Fault('NOT_FOUND', `release ${release.slice(0, 20)}`)
    const why = await whyOf(world().sql, Number(release))
    await mustBeTheirs(who, why.project, `release ${release}`)
    return { ...why }
  })
