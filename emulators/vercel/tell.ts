import { createHmac, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type Answer, type Call, no, ok } from './call.ts'
import type { Served } from './edge.ts'
import type { Settings } from './inside.ts'
import { type Drain, deploymentOf, type EmulatedDeployment, type Hook, type Store } from './state.ts'

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

/** POST /v1/webhooks; the secret is shown here and never again. */
export function addHook(store: Store, { body }: Call): Answer {
  if (typeof body.url !== 'string' || !Array.isArray(body.events)) return no(400, 'bad_request')
  const secret = randomBytes(16).toString('hex')
  const hook: Hook = { id: identity('account_hook'), url: body.url, secret, events: body.events as string[] }
  store.change((state) => void state.hooks.push(hook))
  return ok(hook)
}

/** POST /v1/drains */
export function addDrain(store: Store, { body }: Call): Answer {
  const delivery = (body.delivery ?? {}) as Record<string, string>
  if (delivery.type !== 'http' || !delivery.endpoint) return no(400, 'bad_request')
  const { endpoint, encoding, compression = 'none', secret = randomBytes(16).toString('hex') } = delivery
  const drain = { id: identity('drn'), name: String(body.name), endpoint, encoding, compression, secret } as Drain
  store.change((state) => void state.drains.push(drain))
  return ok(drain)
}

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
