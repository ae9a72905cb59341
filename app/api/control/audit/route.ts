import { shownTo } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { known } from '@/lib/actions/ruled.ts'
import { auditClaims, sealedRows } from '@/lib/store/audit.ts'

export const dynamic = 'force-dynamic'

const PAGE = 2000

/** Rows as they were hashed, for whoever verifies them elsewhere; with the last of them what the tables claim. */
export const GET = (request: Request) =>
  shownTo(request, async () => {
    const { sql, anchors } = world()
    const query = new URL(request.url).searchParams
    const project = await known(sql, query.get('project') ?? '')
    const rows = await sealedRows(sql, project.id, Number(query.get('after') ?? 0) || 0, PAGE)
    const { repository, branches } = project.settings
    if (rows.length === PAGE) return { rows, more: true }
    const claims = await auditClaims(sql, project.id)
    return { rows, more: false, claims, anchors: await anchors.read(project), repository, branches }
  })
