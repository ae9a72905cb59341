export const dynamic = 'force-dynamic'

/** The process answers; nothing else is asked. Whoever restarts processes asks here, or a database that is away ends them all. */
export const GET = () => Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } })
