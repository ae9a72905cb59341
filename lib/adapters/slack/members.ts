import { z } from 'zod'
import { type SlackCall, SlackRefused } from './client.ts'

const User = z.object({
  user: z.object({
    id: z.string(),
    team_id: z.string(),
    is_email_confirmed: z.boolean().default(false),
    profile: z.object({ email: z.email().max(254).optional().catch(undefined) }).default({}),
    deleted: z.boolean().default(false),
    is_bot: z.boolean().default(false),
    is_restricted: z.boolean().default(false),
    is_ultra_restricted: z.boolean().default(false),
    /** Of another workspace, in a channel that both share. */
    is_stranger: z.boolean().default(false),
  }),
})
const Us = z.object({ team_id: z.string() })

/**
 * Who members are by the address Slack has verified. Of our own workspace's full members alone: what another workspace
 * says of its people is anybody's word, and guests are let in by anybody who may invite.
 */
export function slackMembers(call: SlackCall): { emailOf(user: string): Promise<string | null> } {
  let team: Promise<string> | undefined
  const ours = () => {
    team ??= call('auth.test', {}, Us).then(({ team_id }) => team_id)
    // One that failed is asked again.
    team.catch(() => {
      team = undefined
    })
    return team
  }
  return {
    async emailOf(id) {
      try {
        const { user } = await call('users.info', { user: id }, User)
        const full = !(
          user.deleted ||
          user.is_bot ||
          user.is_restricted ||
          user.is_ultra_restricted ||
          user.is_stranger
        )
        const theirs = user.id === id && full && user.is_email_confirmed && user.team_id === (await ours())
        return theirs ? (user.profile.email?.toLowerCase() ?? null) : null
      } catch (error) {
        // An installation from before the scope was asked for, or nobody of that id.
        if (error instanceof SlackRefused) return null
        throw error
      }
    },
  }
}
