import { signatureProblem } from '../../lib/parse/slackSignature.ts'

/** What the two addresses Slack calls have in common. */
export interface SlackDoor {
  /** The app's signing secret. */
  secret: string
  /** Goes on after the answer was sent. */
  later(work: Promise<void>): void
  /** Milliseconds; for tests. */
  now?(): number
}

/** Bytes: a press brings the whole message along, which Slack holds to 50 blocks of 3,000 characters. */
const MAX_BODY = 512 * 1024

/** Slack gives up on an answer after three seconds. */
const PATIENCE_MS = 2000

const NO_STORE = { 'cache-control': 'no-store' }
export const nothing = (status: number): Response => new Response(null, { status, headers: NO_STORE })

/** What somebody is told when it is our own trouble; what it was is in the log. */
export const FAILED = 'That could not be done. Look at the control room, and try again.'
export const logged = (error: unknown): void => console.error('slack:', error instanceof Error ? error.message : error)

/** Raw bytes, their signature, and only then what they say. A stranger learns nothing but that. */
export async function opened(
  request: Request,
  door: SlackDoor,
  handle: (body: string) => Promise<Response>,
): Promise<Response> {
  const body = await readCapped(request)
  if (body === null) return nothing(413)
  const problem = signatureProblem({
    ...{ secret: door.secret, body, now: (door.now?.() ?? Date.now()) / 1000 },
    timestamp: request.headers.get('x-slack-request-timestamp'),
    signature: request.headers.get('x-slack-signature'),
  })
  return problem === null ? handle(body.toString('utf8')) : nothing(401)
}

/** What it came to, or null when that takes longer than Slack waits; it goes on all the same. */
export async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), PATIENCE_MS)
  })
  return Promise.race([work, patience]).finally(() => clearTimeout(timer))
}

async function readCapped(request: Request): Promise<Buffer | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body)
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > MAX_BODY) return null
      chunks.push(chunk)
    }
  return Buffer.concat(chunks)
}
