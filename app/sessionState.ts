import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { cookies } from 'next/headers'
import { world } from './world.ts'

/**
 * A text that goes along to another site and comes back: it holds for one session, one purpose and an hour, so that what
 * somebody else began cannot be ended here. Nothing is kept for it.
 */
export async function stateFor(purpose: string, now = Date.now()): Promise<string> {
  const until = Math.floor(now / 1000) + HOUR
  return `${until.toString(36)}.${sealOf(purpose, until, await sealedCookie())}`
}

export async function isState(purpose: string, state: string, now = Date.now()): Promise<boolean> {
  const [, time = '', seal = ''] = /^([a-z0-9]{1,10})\.([\w-]{43})$/.exec(state) ?? []
  const until = Number.parseInt(time, 36)
  const cookie = await sealedCookie()
  if (!cookie || !(until > now / 1000)) return false
  return timingSafeEqual(Buffer.from(sealOf(purpose, until, cookie)), Buffer.from(seal))
}

const HOUR = 3600

const sealedCookie = async (): Promise<string> => (await cookies()).get('nightshift')?.value ?? ''

function sealOf(purpose: string, until: number, cookie: string): string {
  const session = createHash('sha256').update(cookie).digest('hex')
  return createHmac('sha256', world().config.sessionSecret).update(`${purpose} ${until} ${session}`).digest('base64url')
}
