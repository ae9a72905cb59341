import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import type { Person } from '@/lib/domain/person.ts'
import type { Jar, Visitor } from '@/lib/world.ts'
import { named } from './named.ts'
import { PATH_HEADER, toLogin } from './next.ts'
import { world } from './world.ts'

/** The cookies of the request that is answered now. While a page is rendered none can be set: proxy.ts has renewed them. */
export async function jar(): Promise<Jar> {
  const store = await cookies()
  return {
    getAll: () => store.getAll().map(({ name, value }) => ({ name, value })),
    set(name, value, wish) {
      try {
        store.set(name, value, wish)
      } catch {
        // A page is being rendered.
      }
    },
  }
}

/** Who is signed in, and since when; asked anew at every request, and once while a page is rendered. */
export const visitor = cache(async (): Promise<Visitor | null> => {
  const own = await jar()
  return named(() => world().auth.visitor(own))
})

/** Every page calls this itself, so that no page depends on anything that runs before it. */
export async function requirePerson(): Promise<Person> {
  const known = await visitor()
  if (known) return known.person
  redirect(toLogin((await headers()).get(PATH_HEADER)))
}
