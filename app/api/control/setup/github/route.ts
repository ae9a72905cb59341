import { z } from 'zod'
import { byOwner } from '@/app/owner.ts'
import { isState, stateFor } from '@/app/sessionState.ts'
import { world } from '@/app/world.ts'
import { convertCode, installAt } from '@/lib/adapters/index.ts'
import type { ShownOnce } from '@/lib/domain/connection.ts'
import { Fault } from '@/lib/errors.ts'
import { noteConnection } from '@/lib/store/connections.ts'

export const dynamic = 'force-dynamic'

const Code = z.object({ code: z.string().regex(/^[\w-]{10,100}$/), state: z.string().max(100) })

/** GitHub's code for the App's credentials, which are shown to whoever made it, and kept nowhere here. */
export const POST = (request: Request) =>
  byOwner(request, false, async (who, body): Promise<ShownOnce> => {
    const { config, sql } = world()
    const read = Code.safeParse(body)
    if (!read.success) throw new Fault('MALFORMED', 'a code of GitHub’s and the state it came with')
    // Before the code is spent.
    if (!(await isState('github-app', read.data.state))) throw new Fault('CONNECTION_OVER', 'It was begun elsewhere.')
    const app = await convertCode(config.github, read.data.code)
    await noteConnection(sql, who, 'github', { app: app.id, slug: app.slug })
    const href = installAt(config.github, app.slug, await stateFor('github-install'))
    return {
      settings: {
        CODE: 'github',
        GITHUB_APP_ID: String(app.id),
        GITHUB_PRIVATE_KEY: app.privateKey.trim().replaceAll('\n', '\\n'),
        ...(app.webhookSecret ? { GITHUB_WEBHOOK_SECRET: app.webhookSecret } : {}),
      },
      said: [`The App ${app.slug} was made. It reaches nothing yet: it has to be installed on the repository.`],
      next: { words: 'Install it on the repository', href },
    }
  })
