import { z } from 'zod'
import { CHANNELS, ROUTED } from './notice.ts'

/** A channel's id, not its name: names change, and a bot that posts to one may post to another one tomorrow. */
export const SlackChannel = z.string().regex(/^[CG][A-Z0-9]{5,20}$/, 'is the id of a channel, such as C0123ABCD')

/** A time on the wall of the project's zone, the zone of its production hours. */
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is a time such as 09:00')
/** 1 is Monday, 7 Sunday. */
const Day = z.number().int().min(1).max(7)

/** What happened since the last one, in the morning. Monday's covers the weekend, as nothing is told between. */
const HandOverSettings = z.strictObject({
  on: z.boolean().default(true),
  at: Clock.default('09:00'),
  days: z.array(Day).min(1).max(7).default([1, 2, 3, 4, 5]),
  /** Whether a night without anything is told too, in one line. */
  evenQuiet: z.boolean().default(true),
})

/** The P4 findings, once a week. */
const WeeklySettings = z.strictObject({
  on: z.boolean().default(true),
  at: Clock.default('09:00'),
  day: Day.default(1),
  evenQuiet: z.boolean().default(true),
})

/** When only what is grave, or cannot wait, leaves. `from` after `to` lasts over midnight. */
export const QuietHours = z
  .strictObject({
    from: Clock,
    to: Clock,
    /** Days that are quiet from midnight to midnight. One at least is not, so that what waits leaves at last. */
    allDay: z.array(Day).max(6).default([]),
    /** The least grave severity that is told at once all the same. P0 always is. */
    wakes: z.enum(['P0', 'P1']).default('P1'),
  })
  .refine(({ from, to }) => from !== to, 'begins and ends at different times')
export type QuietHours = z.infer<typeof QuietHours>

const Channels = z.array(z.enum(CHANNELS)).max(CHANNELS.length)

/** How a project's people are told: where, what, and when not. The inbox gets everything at once, whatever stands here. */
export const NotifySettings = z.strictObject({
  /** Where its notices go, instead of where the server's do. */
  slackChannel: SlackChannel.optional(),
  emailTo: z.array(z.email()).min(1).max(50).optional(),
  /** Channels by kind, of those the server has; a kind that is not named takes all of them. */
  routes: z.partialRecord(z.enum(ROUTED), Channels).default({}),
  quiet: QuietHours.nullable().default(null),
  handOver: HandOverSettings.prefault({}),
  weekly: WeeklySettings.prefault({}),
})
export type NotifySettings = z.infer<typeof NotifySettings>
