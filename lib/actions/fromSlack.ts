import { signatureProblem } from '../parse/slackSignature.ts'

/** One request to an address of Slack's, as it arrived. */
export interface SlackDelivery {
  /** The app's signing secret. */
  secret: string
  timestamp: string | null
  signature: string | null
  /** Raw bytes; null when there were more than `SLACK_BYTES`. */
  body: Buffer | null
  /** Seconds. */
  now: number
}

/** A press brings the whole message along, which Slack holds to 50 blocks of 3,000 characters. */
export const SLACK_BYTES = 512 * 1024

/** Its words, once its size and its signature were looked at. A stranger learns nothing but a status. */
export function fromSlack({ body, ...signed }: SlackDelivery): { status: 200; words: string } | { status: 401 | 413 } {
  if (body === null) return { status: 413 }
  return signatureProblem({ ...signed, body }) === null
    ? { status: 200, words: body.toString('utf8') }
    : { status: 401 }
}
