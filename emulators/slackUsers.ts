/** Somebody of the workspace, or of another one in a channel that both share. */
export interface SlackUser {
  id: string
  team: string
  email: string | null
  confirmed: boolean
  /** Slack's own flags, such as `is_restricted` or `deleted`. */
  flags: Record<string, boolean>
}

export const TEAM = 'T0NIGHT'

/** People by their ids, and whether the app may read their addresses. */
export class SlackUsers {
  readonly all = new Map<string, SlackUser>()
  /** The scopes `users:read` and `users:read.email` were granted. */
  granted = true

  put(id: string, email: string | null, more: Partial<SlackUser> = {}): void {
    this.all.set(id, { id, team: TEAM, email, confirmed: true, flags: {}, ...more })
  }

  info(id: string | undefined): { ok: true; user: object } | { ok: false; error: string } {
    if (!this.granted) return { ok: false, error: 'missing_scope' }
    const user = this.all.get(id ?? '')
    if (!user) return { ok: false, error: 'user_not_found' }
    const { team, email, confirmed, flags } = user
    const profile = { display_name: user.id.toLowerCase(), ...(email !== null && { email }) }
    return {
      ok: true,
      user: { ...{ id: user.id, team_id: team, profile, is_email_confirmed: confirmed, is_bot: false }, ...flags },
    }
  }
}
