import { shownTo } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { whyOf } from '@/lib/actions/why.ts'
import { Fault } from '@/lib/errors.ts'

export const dynamic = 'force-dynamic'

export const GET = (request: Request, { params }: { params: Promise<{ release: string }> }) =>
  shownTo(request, async () => {
    const { release } = await params
    if (!/^[1-9]\d{0,8}$/.test(release)) throw new Fault('NOT_FOUND', `release ${release.slice(0, 20)}`)
    return { ...(await whyOf(world().sql, Number(release))) }
  })
