import type { Accounts } from '../../cli/stack/emulated.ts'

/**
 * What the services do wrong in one night, each once: the work is done and nobody hears of it, or is told it was not; a
 * limit; and errors before the work. The first calls after setting up are the sample's own, so this is put down after it.
 */
export function putDownTroubles({ github, vercel, sentry, slack, mail }: Accounts): void {
  const lost = { kind: 'lost' } as const
  github.faults.push(
    { on: /POST .*\/git\/refs/, times: 1, what: lost },
    { on: /POST .*\/pulls$/, times: 1, what: lost },
    { on: /PUT .*\/merge$/, times: 1, what: { kind: 'after', status: 502 } },
    { on: /GET .*\/pulls/, times: 1, what: { kind: 'stale' } },
    { on: /POST .*\/git\/trees/, times: 1, what: { kind: 'before', status: 503 } },
  )
  vercel.faults.push(
    { on: /^POST \/v13\/deployments$/, times: 2, what: lost },
    { on: /^POST .*\/promote\//, times: 1, what: { kind: 'after', status: 504 } },
    { on: /^POST .*\/aliases$/, times: 1, what: lost },
    { on: /^GET \/v7\/deployments$/, times: 1, what: { kind: 'limit', seconds: 1 } },
  )
  sentry.faults.push(
    { on: /PUT .*issues/, times: 1, what: { kind: 'after', status: 502 } },
    { on: /POST .*comments/, times: 1, what: { kind: 'lost' } },
    { on: /GET .*issues/, times: 1, what: { kind: 'limit', seconds: 1 } },
  )
  slack.faults.push({ on: /chat\.postMessage/, times: 1, what: lost })
  mail.faults.push({ on: /mail\/send/, times: 1, what: { kind: 'limit', seconds: 1 } })
}

/** A little more than a token is given up before its time: each is good for ten seconds, as its answer says. */
const LIFETIME_MS = 70_000

/** Tokens of the code host end in the middle of what they are used for, again and again. */
export function endTokensSoon({ github }: Accounts): void {
  github.service.tokens.lifetimeMs = LIFETIME_MS
}

/** Every login the code host handed out is void from now on. */
export function revokeTokens({ github }: Accounts): void {
  github.service.tokens.revokeAll()
}
