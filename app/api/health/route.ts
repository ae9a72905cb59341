import { world } from '@/app/world.ts'

export const dynamic = 'force-dynamic'

export async function GET() {
  const started = performance.now()
  const ok = await world().sql`select 1`.then(
    () => true,
    () => false,
  )
  const checks = { database: { ok, ms: Math.round(performance.now() - started) } }
  const headers = { 'cache-control': 'no-store' }
  return Response.json({ status: ok ? 'ok' : 'down', checks }, { status: ok ? 200 : 503, headers })
}
