import { createHash } from 'node:crypto'
import { getIronSession } from 'iron-session'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { type Person, personById } from '@/lib/store/people.ts'
import { named } from './named.ts'
import { world } from './world.ts'

interface Sealed {
  person: number
  /** Of the password that opened the session: changing the password ends every session. */
  stamp: string
}

/** Seconds: a week of nights. */
const TTL = 7 * 86_400

export const stampOf = (person: Person): string =>
  createHash('sha256').update(person.passwordHash).digest('hex').slice(0, 32)

/** The one sealed cookie. Strict: no other site's link or form arrives signed in. */
export async function session() {
  const { config } = world()
  const secure = config.url.startsWith('https:')
  return getIronSession<Sealed>(await cookies(), {
    cookieName: 'nightshift',
    password: config.sessionSecret,
    ttl: TTL,
    cookieOptions: { httpOnly: true, sameSite: 'strict', secure, path: '/' },
  })
}

/** Who is signed in, asked of the database each time: a seal alone is not enough. */
export async function person(): Promise<Person | null> {
  const { person: id, stamp } = await session()
  if (id === undefined || stamp === undefined) return null
  const known = await named(() => personById(world().sql, id))
  return known && stampOf(known) === stamp ? known : null
}

/** Every page calls this itself, so that no page depends on anything that runs before it. */
export async function requirePerson(): Promise<Person> {
  const known = await person()
  if (!known) redirect('/login')
  return known
}
