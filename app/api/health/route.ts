import { whoIs } from '@/app/guard.ts'
import { shipped } from '@/app/shipped.ts'
import { world } from '@/app/world.ts'
import { healthReport } from '@/lib/actions/ready.ts'
import packageJson from '@/package.json' with { type: 'json' }

export const dynamic = 'force-dynamic'

/** Whether this installation can work. Strangers are told which part is not well, and whoever is signed in why. */
export async function GET(request: Request) {
  const { sql, config, actor } = world()
  const { status, checks, lastTickAt, databaseMs } = await healthReport(sql, await shipped(), actor.clock.now)
  const known = await whoIs(request).then(
    () => true,
    () => false,
  )
  const shown = Object.entries(checks).map(([name, { ok, why }]) => [name, known ? { ok, why } : { ok }])
  const body = {
    ...{ status, version: packageJson.version, commit: config.observe.commit, lastTickAt },
    checks: {
      ...Object.fromEntries(shown),
      database: { ...(known ? checks.database : { ok: checks.database.ok }), ms: databaseMs },
    },
  }
  return Response.json(body, { status: status === 'down' ? 503 : 200, headers: { 'cache-control': 'no-store' } })
}
