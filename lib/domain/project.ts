import { z } from 'zod'
import { Hours } from './hours.ts'
import { NotifySettings } from './notifySettings.ts'

/** 1 propose, 2 auto-fix low risk, 3 full. What each may do is the table in `lib/policy/decision.ts`. */
export type Level = 1 | 2 | 3

const dollars = z.number().min(0).max(100_000)

/** A team's settings. Defaults are the design's numbers; the demo shortens only the two windows. */
export const Policy = z.strictObject({
  hours: Hours.prefault({}),
  soakSeconds: z.number().int().min(1).default(600),
  watchSeconds: z.number().int().min(1).default(1800),
  /** Fewest probes a soak must have sent before its silence means something. */
  probes: z.number().int().min(60).default(60),
  /**
   * How long a person's approval holds. Friday evening's must live until Monday's hours, 63 and with clocks going back
   * 64 hours later; what it approved ages meanwhile, so it is not for ever.
   */
  approvalHours: z.number().int().min(1).max(720).default(72),
  /** Protected paths on top of the floor, which cannot be configured away. */
  protect: z.array(z.string()).default([]),
  /** Most that models may cost, in US dollars; enforced by `reserve_spend`, which has the same defaults. */
  spend: z
    .strictObject({ issue: dollars.default(5), day: dollars.default(20), month: dollars.default(100) })
    .prefault({}),
})
export type Policy = z.infer<typeof Policy>

const host = z.string().regex(/^[a-z0-9.-]+(:\d{1,5})?$/, 'a host without a scheme')

/** Where Vercel deploys the app. */
export const VercelSettings = z.strictObject({
  /** Its id there: `prj_…`. */
  project: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
  /** The production domain that users reach. */
  domain: host,
  staging: z.strictObject({
    /** What staging is reached by: led to one build after the other, so it is not a domain of a branch. */
    domain: host,
    /** Slug of a custom environment without domains, for variables of its own; without it builds are previews. */
    environment: z
      .string()
      .regex(/^[a-z0-9-]{1,32}$/)
      .optional(),
  }),
})
export type VercelSettings = z.infer<typeof VercelSettings>

/** Where the project's code and app live; read by adapters only. */
export const Settings = z.strictObject({
  /** Path of a bare repository, or a remote's address. */
  repository: z.string(),
  branches: z
    .strictObject({ production: z.string().default('main'), staging: z.string().default('staging') })
    .default({ production: 'main', staging: 'staging' }),
  /** The app's name at the host that deploys it. */
  app: z.string(),
  vercel: VercelSettings.optional(),
  /** Its project in Sentry, and the name under which Sentry knows its repository (`owner/name`), where it was linked there. */
  sentry: z
    .strictObject({
      project: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,99}$/),
      repository: z
        .string()
        .regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/)
        .optional(),
    })
    .optional(),
  /** Its project in Supabase, the one production uses: the twenty letters in its address. */
  supabase: z
    .strictObject({ ref: z.string().regex(/^[a-z0-9]{20}$/, 'is the project’s reference, twenty letters') })
    .optional(),
  /** How its people are told; what is not set is as `NotifySettings` has it. */
  notify: NotifySettings.prefault({}),
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
