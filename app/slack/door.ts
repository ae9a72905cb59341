import { fromSlack, SLACK_BYTES } from '../../lib/actions/fromSlack.ts'
import { readCapped } from '../capped.ts'

/** What the two addresses Slack calls have in common. */
export interface SlackDoor {
  /** The app's signing secret. */
  secret: string
  /** Goes on after the answer was sent. */
  later(work: Promise<void>): void
  /** Somebody's request was signed and taken. */
  heard?(): Promise<void>
  /** Where what went wrong behind an answer is written down. */
  failed(error: unknown): void
  /** Milliseconds; for tests. */
  now?(): number
}

/** Slack gives up on an answer after three seconds. */
const PATIENCE_MS = 2000

const NO_STORE = { 'cache-control': 'no-store' }
export const nothing = (status: number): Response => new Response(null, { status, headers: NO_STORE })

/** Raw bytes, their signature, and only then what they say. A stranger learns nothing but that. */
export async function opened(
  request: Request,
  door: SlackDoor,
  handle: (body: string) => Promise<Response>,
): Promise<Response> {
  const told = fromSlack({
    ...{ secret: door.secret, body: await readCapped(request, SLACK_BYTES), now: (door.now?.() ?? Date.now()) / 1000 },
    timestamp: request.headers.get('x-slack-request-timestamp'),
    signature: request.headers.get('x-slack-signature'),
  })
  if (told.status !== 200) return nothing(told.status)
  const answer = await handle(told.words)
  if (answer.status === 200 && door.heard) door.later(door.heard().catch(door.failed))
  return answer
}

/** What it came to, or null when that takes longer than Slack waits; it goes on all the same. */
export async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  return Promise.race([work, patience]).finally(() => clearTimeout(timer))
}
