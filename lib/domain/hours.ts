import { z } from 'zod'

const DAY = 86_400_000

/** What the wall shows, as the UTC milliseconds of the same digits; NaN for a day or a time that does not exist. */
function wallOf(text: string): number {
  const [day, time = '00:00'] = text.split('T')
  const wall = Date.parse(`${day}T${time}Z`)
  // A parser may read 30 February as 2 March, and 24:00 as tomorrow.
  return Number.isFinite(wall) && new Date(wall).toISOString().startsWith(`${day}T${time}`) ? wall : Number.NaN
}

const Wall = z
  .string()
  .regex(/^20\d\d-\d\d-\d\d(T\d\d:\d\d)?$/, 'is YYYY-MM-DD or YYYY-MM-DDTHH:MM')
  .refine((text) => Number.isFinite(wallOf(text)), 'does not exist')

/** When a freeze begins and ends on the wall: a day alone is all of it, from its start and through its end. */
export const wallsOf = ({ from, until }: { from: string; until: string }): { from: number; until: number } => ({
  from: wallOf(from),
  until: wallOf(until) + (until.includes('T') ? 0 : DAY),
})

/** A time without deployments inside the hours: Christmas, a fair, a migration. In wall time of the hours' zone. */
export const Freeze = z
  .strictObject({
    from: Wall,
    until: Wall,
    /** Shown to whoever waits, on one line. */
    why: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .regex(/^\P{Cc}*$/u, 'is one line'),
  })
  .refine((freeze) => wallsOf(freeze).until > wallsOf(freeze).from, 'a freeze ends after it begins')
export type Freeze = z.infer<typeof Freeze>

/** When P2–P4 may reach production; whole hours in the zone, weekdays 1 (Monday) to 7, freezes taken out. */
export const Hours = z.strictObject({
  zone: z.string().default('Europe/London'),
  from: z.number().int().min(0).max(24).default(9),
  to: z.number().int().min(0).max(24).default(18),
  days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5]),
  freezes: z.array(Freeze).max(50).default([]),
})
export type Hours = z.infer<typeof Hours>
