import { shownTo, theirs } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { hostFindings } from '@/lib/adapters/index.ts'

export const dynamic = 'force-dynamic'

/** Whether every project can be deployed where it is to be; looks at the host, and changes nothing there. */
export const GET = (request: Request) =>
  shownTo(request, async (who) => {
    const { config } = world()
    const looked = (await theirs(who)).map(async (project) =>
      (await hostFindings(config, project)).map((finding) => ({
        ...finding,
        name: `${project.slug}: ${finding.name}`,
      })),
    )
    return { deploy: config.deploy.kind, findings: (await Promise.all(looked)).flat() }
  })
