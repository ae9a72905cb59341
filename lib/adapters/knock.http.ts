import { createHmac } from 'node:crypto'
import { type Finding, ill, noted, well } from '../domain/finding.ts'

/** One of our own doors, and what shows there that a signature was accepted without anything being done. */
export interface Door {
  name: string
  path: string
  /** Who calls there. */
  caller: string
  /** The setting with its secret. */
  setting: string
  body: string
  headers: Record<string, string>
  /** Statuses that only a signed request gets. */
  accepted: number[]
}

/** What is said to Sentry's door, which knows repetitions by their name: nobody is woken by it twice. */
const DOCTOR = 'nightshift-doctor'
const PATIENCE_MS = 6000

const hmac = (algorithm: 'sha1' | 'sha256', secret: string, text: string): string =>
  createHmac(algorithm, secret).update(text).digest('hex')

/** Signed as the callers sign, and empty: GitHub's without a delivery, Vercel's without an event, Slack's without a word. */
export const doors = {
  github: (secret: string): Door => ({
    ...{ name: 'GitHub’s webhooks', path: '/api/webhooks/github', caller: 'GitHub', setting: 'GITHUB_WEBHOOK_SECRET' },
    ...{ body: '{}', headers: { 'x-hub-signature-256': `sha256=${hmac('sha256', secret, '{}')}` }, accepted: [400] },
  }),
  vercelHook: (secret: string): Door => ({
    ...{ name: 'Vercel’s webhooks', path: '/api/webhooks/vercel', caller: 'Vercel', setting: 'VERCEL_WEBHOOK_SECRET' },
    ...{ body: '{}', headers: { 'x-vercel-signature': hmac('sha1', secret, '{}') }, accepted: [400] },
  }),
  vercelDrain: (secret: string): Door => ({
    ...{ name: 'Vercel’s drain', path: '/api/drains/vercel', caller: 'Vercel', setting: 'VERCEL_DRAIN_SECRET' },
    ...{ body: '[]', headers: { 'x-vercel-signature': hmac('sha1', secret, '[]') }, accepted: [200] },
  }),
  sentry: (secret: string): Door => ({
    ...{ name: 'Sentry’s webhooks', path: '/api/webhooks/sentry', caller: 'Sentry', setting: 'SENTRY_CLIENT_SECRET' },
    body: '{}',
    headers: { 'sentry-hook-signature': hmac('sha256', secret, '{}'), 'request-id': DOCTOR },
    accepted: [202],
  }),
  slack(secret: string, now = Date.now()): Door {
    const timestamp = String(Math.floor(now / 1000))
    const signature = `v0=${hmac('sha256', secret, `v0:${timestamp}:none=1`)}`
    const headers = { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature }
    return {
      ...{ name: 'Slack’s buttons', path: '/api/slack/command', caller: 'Slack', setting: 'SLACK_SIGNING_SECRET' },
      ...{ body: 'none=1', headers, accepted: [400] },
    }
  },
}

/** From our own public address and back: whether whoever calls there arrives, and is believed. */
export async function knock(url: string, door: Door): Promise<Finding> {
  const { name, path, caller, setting, accepted } = door
  const address = new URL(`${url.replace(/\/+$/, '')}${path}`)
  const status = await fetch(address, {
    ...{ method: 'POST', body: door.body, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) },
    headers: { 'content-type': 'application/json', ...door.headers },
  }).then(
    (answer) => answer.body?.cancel().then(() => answer.status) ?? answer.status,
    () => null,
  )
  if (status === null)
    return ill(name, `nobody answers at ${address.origin}`, `Set NIGHTSHIFT_URL to the address that ${caller} reaches.`)
  if (!accepted.includes(status))
    return ill(
      name,
      `a request signed with our own secret is answered ${status}`,
      status === 404
        ? `Deploy once more after setting ${setting}: what answers there does not know it.`
        : `Let ${path} through whatever stands in front, and check that ${setting} is the same everywhere.`,
    )
  return isHere(address.hostname)
    ? noted(
        name,
        `its signature is accepted, and ${caller} cannot reach ${address.hostname}`,
        'Nothing to do: clocks find the same.',
      )
    : well(name, 'reached by its public address, and its signature is accepted')
}

/** Addresses that mean this machine, or the network it is in. */
export const isHere = (host: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|internal)|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|\[::1\])$/.test(
    host,
  )
