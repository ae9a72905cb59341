import { z } from 'zod'

/** 1 propose, 2 auto-fix low risk, 3 full. What each may do is the table in `lib/policy/decision.ts`. */
export type Level = 1 | 2 | 3

/** A team's settings. Defaults are the design's numbers; the demo shortens only the two windows. */
export const Policy = z.strictObject({
  /** When P2–P4 may reach production; whole hours in the zone, weekdays 1 (Monday) to 7. */
  hours: z
    .strictObject({
      zone: z.string().default('Europe/London'),
      from: z.number().int().min(0).max(24).default(9),
      to: z.number().int().min(0).max(24).default(18),
      days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5]),
    })
    .default({ zone: 'Europe/London', from: 9, to: 18, days: [1, 2, 3, 4, 5] }),
  soakSeconds: z.number().int().min(1).default(600),
  watchSeconds: z.number().int().min(1).default(1800),
  /** Fewest probes a soak must have sent before its silence means something. */
  probes: z.number().int().min(60).default(60),
  /** Protected paths on top of the floor, which cannot be configured away. */
  protect: z.array(z.string()).default([]),
})
export type Policy = z.infer<typeof Policy>

/** Where the project's code and app live; read by adapters only. */
export const Settings = z.strictObject({
  /** Path of a bare repository, or a remote's address. */
  repository: z.string(),
  branches: z
    .strictObject({ production: z.string().default('main'), staging: z.string().default('staging') })
    .default({ production: 'main', staging: 'staging' }),
  /** The app's name at the host that deploys it. */
  app: z.string(),
})
export type Settings = z.infer<typeof Settings>

export interface Project {
  id: number
  slug: string
  name: string
  level: Level
  policy: Policy
  policyVersion: number
  capPerDay: number
  pausedAt: Date | null
  pausedBy: string | null
  pausedWhy: string | null
  settings: Settings
  /** The digits in the project's DSN. */
  ingestNo: number
}
