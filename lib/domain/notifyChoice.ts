/** Which channels notices take besides the inbox, with what each needs. */
export interface NotifyChoice {
  slack: SlackChoice | null
  email: EmailChoice | null
}

export interface SlackChoice {
  token: string
  /** What Slack signs its requests with. */
  signingSecret: string
  /** Where a project's notices go that names no channel of its own. */
  channel: string
  /** With a slash at its end. */
  url: string
}

export interface EmailChoice {
  key: string
  from: string
  /** Who is told of a project that names nobody of its own. */
  to: string[]
  url: string
}
