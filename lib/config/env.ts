import { z } from 'zod'

export const SWITCH = ['on', 'off'] as const

/** Settings that are no port's own. */
export const Env = z.object({
  WORLD: z.enum(['local', 'hosted']).default('local'),
  NIGHTSHIFT_HOME: z.string().startsWith('/'),
  /** Where this server answers; rings and links use it. */
  NIGHTSHIFT_URL: z.url(),
  SESSION_SECRET: z.string().min(32),
  CRON_SECRET: z.string().min(16),
  /** Bearer of the command line: whoever holds it acts as the owner. No agent is given it. */
  CONTROL_TOKEN: z.string().min(16),
  /** `on`: this process changes nothing outside, whatever the database says; notices still go out. */
  KILL_SWITCH: z.enum(SWITCH).default('off'),
  /** `on`: this process drives the agents by the clock. */
  SCHEDULER: z.enum(SWITCH).default('on'),
  /** `off`: agents wait for the clock; used to show that rings are only a shortcut. */
  RINGS: z.enum(SWITCH).default('on'),
  SCHEDULER_SECONDS: z.coerce.number().min(0.2).default(5),
  LEASE_SECONDS: z.coerce.number().min(2).default(60),
  /** What the host gives a call of a clock; 800 is the most Vercel sells. */
  TICK_SECONDS: z.coerce.number().int().min(60).max(800).default(300),
  /** Accepted events per project and minute; above it senders get 429 with Retry-After. */
  INGEST_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
  /** Folder with bin/node that runs untrusted code; world-readable. */
  TOOLCHAIN: z.string().startsWith('/').optional(),
  /** The package registry dependencies are installed from, and the CA that vouches for it. */
  NPM_REGISTRY: z.url().optional(),
  NPM_CAFILE: z.string().optional(),
  /** The same for Python; what pip itself would use when absent. */
  PYTHON_INDEX: z.url().optional(),
  PYTHON_CAFILE: z.string().optional(),
  /** What dependency sets, mirrors and our copies of programs may take on disk together. */
  CACHE_GB: z.coerce.number().min(1).default(5),
})
