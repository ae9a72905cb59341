import { isAbsolute } from 'node:path'
import { shownTo, theirProject } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { Fault } from '@/lib/errors.ts'
import { auditClaims, inOnePicture, sealedRows } from '@/lib/store/audit.ts'

export const dynamic = 'force-dynamic'

const PAGE = 2000

/**
 * For whoever verifies the audit elsewhere. Without `after`: what stands outside the database, to be read before any
 * row, so that none of it is newer than they are. With it: rows as they were hashed, and with the last of them, in one
 * picture, what the tables claim.
 */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { sql, anchors } = world()
    const query = new URL(request.url).searchParams
    const project = await theirProject(who, query.get('project') ?? '')
    const after = query.get('after')
    if (after === null) {
      const { repository } = project.settings
      // An address may carry a login; a path of this machine tells only where to look.
      return { anchors: await anchors.read(project), repository: isAbsolute(repository) ? repository : null }
    }
    if (!/^\d{1,15}$/.test(after)) throw new Fault('MALFORMED', 'after: a row’s number')
    return inOnePicture(sql, async (tx) => {
      const rows = await sealedRows(tx, project.id, Number(after), PAGE)
      if (rows.length === PAGE) return { rows, more: true }
      return { rows, more: false, claims: await auditClaims(tx, project.id) }
    })
  })
