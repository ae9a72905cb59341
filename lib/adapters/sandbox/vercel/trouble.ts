import { APIError } from '@vercel/sandbox'
import { Fault } from '../../../errors.ts'
import type { Unavailable } from '../unavailable.ts'

const statusOf = (error: unknown): number | null => (error instanceof APIError ? error.response.status : null)

/** Gone for good: no such thing, or one that has ended. */
export const isGone = (error: unknown): boolean => [404, 410].includes(statusOf(error) ?? 0)

/** Another machine has the name, and is at work. */
export const isTaken = (error: unknown): boolean => statusOf(error) === 409

const said = (error: unknown): string => {
  const status = statusOf(error)
  const words = error instanceof Error ? error.message : String(error)
  return status === null || words.includes(String(status)) ? words : `Status code ${status}: ${words}`
}

/** What the service did not do, as a fault of ours. Nothing of a request is in it: an account's token is in every one. */
export const trouble = (doing: string, error: unknown): Fault =>
  error instanceof Fault
    ? error
    : new Fault('SANDBOX_UNAVAILABLE', `Vercel Sandbox, ${doing}: ${said(error)}`.slice(0, 400))

const KNOWN: [RegExp, Unavailable][] = [
  [
    /Status code 40[13]/,
    { why: 'Vercel refused the login.', remedy: 'Check VERCEL_TOKEN, VERCEL_TEAM_ID and VERCEL_PROJECT_ID' },
  ],
  [/Status code 402/, { why: 'The Vercel plan does not allow it.', remedy: "Look at the team's usage and billing" }],
  [
    /Status code 429/,
    { why: "Vercel's limit of requests is reached.", remedy: 'Wait, or ask Vercel for a higher one' },
  ],
  [
    /fetch failed|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|timeout/i,
    { why: 'Vercel does not answer.', remedy: 'Check the way to vercel.com, and its status page' },
  ],
  [
    /missing in the machine|unshare|mount|setpriv|prlimit|chroot/,
    {
      why: "The machine's image does not let a run be shut in.",
      remedy: "Use an image whose root may make namespaces and which has util-linux, such as Vercel's own",
    },
  ],
]

/** What stands in the way, and what removes it. */
export async function explainTrouble(words: string): Promise<Unavailable> {
  const known = KNOWN.find(([pattern]) => pattern.test(words))?.[1]
  if (known) return { ...known, why: `${known.why} (${words.slice(0, 200)})` }
  return {
    why: `The sandbox did not start: ${words.slice(0, 200)}`,
    remedy: 'Run `nightshift doctor` for the whole output',
  }
}
