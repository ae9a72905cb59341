import { byOwner } from '@/app/owner.ts'
import { world } from '@/app/world.ts'
import { vercelSetup } from '@/lib/adapters/index.ts'
import type { ShownOnce } from '@/lib/domain/connection.ts'
import { Fault } from '@/lib/errors.ts'
import { noteConnection } from '@/lib/store/connections.ts'
import { projects } from '@/lib/store/projects.ts'

export const dynamic = 'force-dynamic'
/** Seconds. */
export const maxDuration = 60

/** Makes the drain and the webhook at Vercel, once; their secrets are shown to the owner who asked, and kept nowhere here. */
export const POST = (request: Request) =>
  byOwner(request, true, async (who): Promise<ShownOnce> => {
    const { config, sql } = world()
    const { deploy } = config
    const far = vercelSetup(config, await projects(sql))
    if (deploy.kind !== 'vercel' || !far)
      throw new Fault('REFUSED', 'The server does not deploy with Vercel: it takes DEPLOY=vercel with its token first.')
    // Before the drain is made: Vercel looks at our address while it is.
    if (!deploy.drainVerify) await noteConnection(sql, who, 'vercel', { verify: await far.verifyCode() })
    const drain = await far.drain(deploy.drainSecret)
    const webhook = await far.webhook(deploy.webhookSecret)
    const made = { ...(drain.id && { drain: drain.id }), ...(webhook.id && { webhook: webhook.id }) }
    if (drain.secret ?? webhook.secret) await noteConnection(sql, who, 'vercel', made)
    return {
      settings: {
        ...(drain.secret && drain.secret !== deploy.drainSecret ? { VERCEL_DRAIN_SECRET: drain.secret } : {}),
        ...(webhook.secret ? { VERCEL_WEBHOOK_SECRET: webhook.secret } : {}),
      },
      said: [drain.said, webhook.said],
    }
  })
