import { shownTo } from '@/app/guard.ts'
import { world } from '@/app/world.ts'
import { hostFindings, sourceFindings } from '@/lib/adapters/index.ts'
import { projects } from '@/lib/store/projects.ts'

export const dynamic = 'force-dynamic'

/** Whether every project can be deployed where it is to be, and its sources be read; looks there, and changes nothing. */
export const GET = (request: Request) =>
  shownTo(request, async () => {
    const { config, sql } = world()
    const all = await projects(sql)
    const looked = async (look: typeof hostFindings) => {
      const found = all.map(async (project) =>
        (await look(config, project)).map((finding) => ({ ...finding, name: `${project.slug}: ${finding.name}` })),
      )
      return (await Promise.all(found)).flat()
    }
    const [findings, sources] = await Promise.all([looked(hostFindings), looked(sourceFindings)])
    return { deploy: config.deploy.kind, findings, sources }
  })
