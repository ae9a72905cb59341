'use client'
import { useState } from 'react'

/**
 * What a person's decision is bound to: what was on the page when they began, although the page goes on by itself.
 * `changed` says that it is no longer how things stand; `look` takes over what is there now.
 */
export function useSeen<T>(now: T): { seen: T; changed: boolean; look: () => void } {
  const [seen, setSeen] = useState(now)
  return { seen, changed: JSON.stringify(seen) !== JSON.stringify(now), look: () => setSeen(now) }
}
