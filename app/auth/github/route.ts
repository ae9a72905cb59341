import { accounts } from '@/app/login/entered.ts'
import { NEXT_COOKIE, safeNext } from '@/app/next.ts'
import { jar } from '@/app/session.ts'
import { world } from '@/app/world.ts'

export const dynamic = 'force-dynamic'

/** The way to GitHub. Where to go afterwards waits in a cookie, since the address to come back to is fixed. */
export async function GET(request: Request): Promise<Response> {
  const auth = accounts()
  if (!auth?.github) return new Response(null, { status: 404 })
  const { url } = world().config
  const own = await jar()
  const next = safeNext(new URL(request.url).searchParams.get('next'))
  own.set(NEXT_COOKIE, next, {
    httpOnly: true,
    sameSite: 'lax',
    secure: url.startsWith('https:'),
    path: '/',
    maxAge: 600,
  })
  const location = await auth.githubAddress(own, `${url}/auth/callback`)
  return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } })
}
