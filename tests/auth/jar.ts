import type { CookieWish, Jar } from '../../lib/world.ts'

/** A browser's cookies, as one of them would keep them. */
export interface Browser extends Jar {
  wishes: Map<string, CookieWish>
  cookies: Map<string, string>
  /** As a header. */
  header(): string
}

export function browser(given: Record<string, string> = {}): Browser {
  const cookies = new Map(Object.entries(given))
  const wishes = new Map<string, CookieWish>()
  return {
    cookies,
    wishes,
    getAll: () => [...cookies].map(([name, value]) => ({ name, value })),
    set(name, value, wish) {
      wishes.set(name, wish)
      if (wish.maxAge === 0) cookies.delete(name)
      else cookies.set(name, value)
    },
    header: () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  }
}
