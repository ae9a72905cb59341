import { z } from 'zod'

/** What is known of a connection with the outside. Never a secret: those are shown once, and kept by people. */
export const ConnectionFacts = {
  github: z.object({ app: z.number(), slug: z.string() }).partial(),
  /** `verify`: the code Vercel asks of our drain's address, which anybody may read there. */
  vercel: z.object({ verify: z.string(), drain: z.string(), webhook: z.string() }).partial(),
} as const
export type ConnectionName = keyof typeof ConnectionFacts
export type Facts<N extends ConnectionName> = z.infer<(typeof ConnectionFacts)[N]>

/** Credentials that somebody has to put where this server's settings come from: shown once and kept nowhere. */
export interface ShownOnce {
  /** By the names of the settings. */
  settings: Record<string, string>
  /** What else happened, a sentence each. */
  said: string[]
  /** Where to go on, at the other side. */
  next?: { words: string; href: string }
}
