import { shownTo, theirs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { codeFindings } from '@/lib/adapters/index.ts'
import { gitHosts, gitLogins } from '@/lib/store/gitLogins.ts'

export const dynamic = 'force-dynamic'

/** How every project's repository is reached, and whether it is; no secret is in it. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { config, sql } = world()
    const looked = (await theirs(who)).map(async (project) => ({
      project: project.slug,
      repository: project.settings.repository,
      logins: (await gitLogins(sql, project.id)).map(({ sealed: _, id: __, ...login }) => login),
      hosts: (await gitHosts(sql, project.id)).map(({ host, fingerprint }) => ({ host, fingerprint })),
      findings: await codeFindings(config, sql, project),
    }))
    return { code: config.code.kind, projects: await Promise.all(looked) }
  })
