import { createHmac, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type Answer, type Call, no, ok } from './call.ts'
import type { Served } from './edge.ts'
import type { Inside, Settings } from './inside.ts'
import { type Drain, deploymentOf, type EmulatedDeployment, type Hook, type State, type Store } from './state.ts'

/** How what is told arrives. */
export interface Manner {
  /** Milliseconds before a webhook leaves, for each in turn; those at the end of the list go at once. */
  delays: number[]
  /** Every webhook and batch arrives twice. */
  twice: boolean
  /** Which bytes of a compressed batch are signed. */
  signs: 'wire' | 'plain'
}

export const sign = (secret: string, body: string | Buffer): string =>
  createHmac('sha1', secret).update(body).digest('hex')

const identity = (prefix: string) => `${prefix}_${randomBytes(10).toString('hex')}`

const UNPAID = no(403, 'forbidden', 'This is a feature of the Pro plan')

/** POST /v1/webhooks; the secret is shown here and never again. */
export function addHook({ settings, store }: Inside, { body }: Call): Answer {
  if (settings.plan === 'hobby') return UNPAID
  if (typeof body.url !== 'string' || !Array.isArray(body.events)) return no(400, 'bad_request')
  if (store.state.hooks.length >= 20) return no(400, 'too_many_webhooks')
  const secret = randomBytes(16).toString('hex')
  const known = { url: body.url, events: body.events as string[], projectIds: (body.projectIds as string[]) ?? [] }
  const hook: Hook = { id: identity('account_hook'), secret, ...known }
  store.change((state) => void state.hooks.push(hook))
  return ok(hook)
}

const without = <T extends { secret: string }>({ secret: _, ...shown }: T) => shown

/** GET /v1/webhooks: an array. */
export const listHooks = (state: State): Answer => ok(state.hooks.map(without))

/** POST /v1/drains; the address has to say the code it was given before it is one. */
export async function addDrain({ settings, store }: Inside, { body }: Call): Promise<Answer> {
  if (settings.plan === 'hobby') return UNPAID
  const delivery = (body.delivery ?? {}) as Record<string, string>
  if (delivery.type !== 'http' || !delivery.endpoint) return no(400, 'bad_request')
  const { endpoint, encoding, compression = 'none', secret = randomBytes(16).toString('hex') } = delivery
  if (settings.verifyCode) {
    const shown = await fetch(endpoint, { method: 'POST', body: '[]' }).catch(() => null)
    if (shown?.headers.get('x-vercel-verify') !== settings.verifyCode) return no(400, 'endpoint_not_verified')
  }
  const projectIds = (body.projectIds as string[]) ?? []
  const drain = {
    id: identity('drn'),
    name: String(body.name),
    endpoint,
    encoding,
    compression,
    secret,
    projectIds,
  } as Drain
  store.change((state) => void state.drains.push(drain))
  return ok(drainBody(drain))
}

/** GET /v1/drains: an object with the list. */
export const listDrains = (state: State): Answer => ok({ drains: state.drains.map(drainBody) })

const drainBody = ({ id, name, projectIds, ...delivery }: Drain) => ({
  ...{ id, name, projectIds },
  delivery: { type: 'http', headers: {}, ...delivery },
})

/** GET /v1/verify-endpoint */
export const verifyCode = ({ verifyCode: code }: Settings): Answer =>
  code === null ? no(404, 'not_found') : ok({ verificationCode: code })

async function post(url: string, body: Buffer, headers: Record<string, string>): Promise<void> {
  await fetch(url, { method: 'POST', body: new Uint8Array(body), headers, redirect: 'manual' }).catch(() => undefined)
}

export function openHooks(settings: Settings, store: Store, manner: Manner, later: (work: Promise<unknown>) => void) {
  async function deliver(hook: Hook, text: string): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, manner.delays.shift() ?? 0))
    const headers = { 'content-type': 'application/json', 'x-vercel-signature': sign(hook.secret, text) }
    for (let times = manner.twice ? 2 : 1; times > 0; times--) await post(hook.url, Buffer.from(text), headers)
  }
  return (type: string, { id, host, meta, target }: EmulatedDeployment): void => {
    const { name, projectId, teamId } = settings
    const payload = {
      ...{ deployment: { id, url: host, name, meta }, project: { id: projectId }, target, team: { id: teamId } },
      ...{ user: { id: 'usr_1' }, plan: 'pro', regions: ['iad1'] },
    }
    const text = JSON.stringify({ id: identity('evt'), type, createdAt: Date.now(), region: 'iad1', payload })
    for (const hook of store.state.hooks) if (hook.events.includes(type)) later(deliver(hook, text))
  }
}

export interface Drains {
  note(one: Served): void
  /** Sends what was noted since the last time to every drain, in one batch. */
  flush(): Promise<void>
}

/** One line a request, and a second one of the same request for what its function printed when it failed. */
export function openDrains(settings: Settings, store: Store, manner: Manner): Drains {
  let waiting: Record<string, unknown>[] = []
  let count = 0
  return {
    note({ host, route, method, path, status, ms }) {
      const timestamp = Date.now()
      const branch = deploymentOf(store.state, route.deployment)?.ref
      const id = () => `${timestamp}${String(++count).padStart(10, '0')}`
      const line = {
        ...{ id: id(), deploymentId: route.deployment, source: 'lambda', host, timestamp },
        ...{ projectId: settings.projectId, projectName: settings.name, branch, environment: route.environment },
        ...{ level: status >= 500 ? 'error' : 'info', path: path.split('?')[0], statusCode: status },
        requestId: identity('iad1::req'),
        message: `REPORT RequestId: ${count} Duration: ${ms} ms Billed Duration: ${ms + 1} ms`,
        proxy: {
          ...{ timestamp, method, host, path, statusCode: status, scheme: 'https', region: 'iad1' },
          ...{ userAgent: ['emulator'], clientIp: '192.0.2.1', referer: '', vercelId: 'iad1::x', vercelCache: 'MISS' },
        },
      }
      waiting.push(line)
      if (status >= 500)
        waiting.push({
          ...line,
          id: id(),
          level: 'error',
          type: 'stderr',
          message: 'Error: it failed\n    at f (a.js)',
        })
    },
    async flush() {
      const entries = waiting
      waiting = []
      if (entries.length === 0) return
      for (const { endpoint, encoding, compression, secret } of store.state.drains) {
        const text =
          encoding === 'json' ? JSON.stringify(entries) : `${entries.map((e) => JSON.stringify(e)).join('\n')}\n`
        const wire = compression === 'gzip' ? gzipSync(text) : Buffer.from(text)
        const headers: Record<string, string> = {
          'content-type': encoding === 'json' ? 'application/json' : 'application/x-ndjson',
          'x-vercel-signature': sign(secret, manner.signs === 'plain' ? text : wire),
        }
        if (compression === 'gzip') headers['content-encoding'] = 'gzip'
        for (let times = manner.twice ? 2 : 1; times > 0; times--) await post(endpoint, wire, headers)
      }
    },
  }
}
