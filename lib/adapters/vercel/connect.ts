import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Project } from '../../domain/project.ts'
import { Fault } from '../../errors.ts'
import { isHere } from '../knock.http.ts'
import { type Client, codeOf, isUnsure, type Sent, type VercelAccess, vercelClient } from './client.ts'

/** What came of one of the two: its secret where it was made, an id where it is there, and a sentence either way. */
export interface Connected {
  id: string | null
  secret: string | null
  said: string
}

/** Our own addresses there. */
export const PATHS = { drain: '/api/drains/vercel', webhook: '/api/webhooks/vercel' }

/** Moves of a deployment and Vercel's own alarms: what somebody here is woken by. */
export const EVENTS = [
  ...['deployment.ready', 'deployment.succeeded', 'deployment.error', 'deployment.blocked', 'deployment.canceled'],
  ...['deployment.promoted', 'deployment.rollback', 'alerts.triggered', 'observability.error-anomaly'],
]

const PATIENCE_MS = 15_000
const text = z.string().max(2000)
const Drain = z.object({
  id: text,
  projectIds: z.array(text).nullish(),
  delivery: z.object({ endpoint: text }).nullish(),
})
const Webhook = z.object({ id: text, url: text, projectIds: z.array(text).nullish() })
const Verify = z.union([
  z.object({ verificationCode: text }).transform((one) => one.verificationCode),
  z.object({ code: text }).transform((one) => one.code),
])

export interface VercelConnection {
  /** What our address has to answer with before Vercel sends anything there; anybody may see it. */
  verifyCode(): Promise<string>
  /** `secret`: the one that is set here already. */
  drain(secret: string | null): Promise<Connected>
  webhook(secret: string | null): Promise<Connected>
}

/** One drain and one webhook for all projects of this installation that are at Vercel. Finds its own by their address. */
export function vercelConnection(access: VercelAccess, url: string, projects: Project[]): VercelConnection {
  const ids = projects.flatMap(({ settings }) => settings.vercel?.project ?? [])
  if (ids.length === 0) throw new Fault('REFUSED', 'No project here names one at Vercel: set vercel.project first.')
  if (isHere(new URL(url).hostname) && !isHere(new URL(access.url).hostname))
    throw new Fault('REFUSED', `Vercel cannot reach ${new URL(url).host}: NIGHTSHIFT_URL has to be a public address.`)
  const client = vercelClient(access)
  const call = (...[method, path, body]: [Parameters<Client>[0], string, unknown?]) =>
    client(method, path, { body, signal: AbortSignal.timeout(PATIENCE_MS) })
  const ours = (path: string) => `${url.replace(/\/+$/, '')}${path}`
  return {
    async verifyCode() {
      const read = Verify.safeParse(answered(await call('GET', '/v1/verify-endpoint')))
      if (read.success && /^[\w-]{4,200}$/.test(read.data)) return read.data
      throw new Fault(
        'DEPLOY_REFUSED',
        'It does not say which code it looks for: set VERCEL_DRAIN_VERIFY to the one it shows.',
      )
    },
    drain: (secret) =>
      part('drain', async () => {
        const found = listed(Drain, 'drains', answered(await call('GET', '/v1/drains')))
        const known = mine(found, ({ delivery }) => delivery?.endpoint, ours(PATHS.drain), ids)
        if (known) return there('drain', known.id, secret, 'VERCEL_DRAIN_SECRET')
        const made = secret ?? randomBytes(24).toString('hex')
        const { id } = Drain.parse(answered(await call('POST', '/v1/drains', drainBody(ours(PATHS.drain), ids, made))))
        return { id, secret: made, said: 'The drain was made: requests are counted from now on.' }
      }),
    webhook: (secret) =>
      part('webhook', async () => {
        const found = listed(Webhook, 'webhooks', answered(await call('GET', '/v1/webhooks')))
        const known = mine(found, ({ url: at }) => at, ours(PATHS.webhook), ids)
        if (known) return there('webhook', known.id, secret, 'VERCEL_WEBHOOK_SECRET')
        const body = { url: ours(PATHS.webhook), events: EVENTS, projectIds: ids }
        const made = Webhook.extend({ secret: text }).parse(answered(await call('POST', '/v1/webhooks', body)))
        return { id: made.id, secret: made.secret, said: 'The webhook was made: what happens there is seen at once.' }
      }),
  }
}

const drainBody = (endpoint: string, projectIds: string[], secret: string) => ({
  ...{ name: 'nightshift', projects: 'some', projectIds, schemas: { log: { version: 'v1' } } },
  // Whether a compressed batch is signed before or after is not documented, so nothing is compressed.
  delivery: { type: 'http', endpoint, encoding: 'ndjson', compression: 'none', headers: {}, secret },
  filter: {
    version: 'v2',
    filter: {
      type: 'basic',
      project: { ids: projectIds },
      log: { sources: ['edge', 'lambda', 'static', 'external', 'redirect'] },
      deployment: { environments: ['production', 'preview'] },
    },
  },
})

function answered({ status, json }: Sent): unknown {
  if (status < 300) return json
  throw new Fault('DEPLOY_REFUSED', `It answered ${status}${codeOf(json)}.`)
}

/** A list, or an object with it inside: the documentation shows both. What cannot be read in it is none of ours. */
function listed<T>(shape: z.ZodType<T>, name: string, json: unknown): T[] {
  const list = Array.isArray(json) ? json : (json as Record<string, unknown> | null)?.[name]
  if (!Array.isArray(list)) throw new Fault('DEPLOY_UNREACHABLE', `Its ${name} are not listed as expected.`)
  return list.flatMap((one) => shape.safeParse(one).data ?? [])
}

/**
 * The one that leads here. One for the same projects that leads to the same door of another Nightshift would be two that
 * act on the same app, and is never set up beside.
 */
function mine<T extends { projectIds?: string[] | null | undefined }>(
  all: T[],
  addressOf: (one: T) => string | undefined,
  ours: string,
  ids: string[],
): T | null {
  const { pathname } = new URL(ours)
  for (const one of all) {
    const at = URL.parse(addressOf(one) ?? '')
    if (!at || at.href === ours || !at.pathname.endsWith(pathname)) continue
    if (!one.projectIds || one.projectIds.some((id) => ids.includes(id)))
      throw new Fault(
        'REFUSED',
        `There is one that leads to ${at.host}. Delete it at Vercel, or let that Nightshift do it.`,
      )
  }
  const known = all.find((one) => addressOf(one) === ours)
  const missing = known?.projectIds?.length ? ids.filter((id) => !known.projectIds!.includes(id)) : []
  if (missing.length > 0)
    throw new Fault('REFUSED', `Ours does not hold ${missing.join(' and ')}. Delete it at Vercel and do this again.`)
  return known ?? null
}

function there(what: string, id: string, secret: string | null, setting: string): Connected {
  if (secret) return { id, secret: null, said: `The ${what} is there already.` }
  const again = `Vercel shows a secret once: delete the ${what} there and do this again.`
  return { id, secret: null, said: `The ${what} is there, and ${setting} is not set here. ${again}` }
}

/** One that fails says so and does not take the other's secret with it. */
const part = (what: string, work: () => Promise<Connected>): Promise<Connected> =>
  work().catch((error: unknown) => {
    const refused = error instanceof Fault ? error : new Fault('DEPLOY_UNREACHABLE', 'It answered something else.')
    const again = isUnsure(refused) ? ' It may have been made all the same: look there before doing this again.' : ''
    const plan = refused.code === 'DEPLOY_DENIED' ? ' Drains and webhooks need a Pro plan there.' : ''
    return { id: null, secret: null, said: `No ${what}: ${refused.message}${plan}${again}` }
  })
