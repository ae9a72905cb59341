import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { bytesOf, listen } from '../listen.ts'
import type { EmulatedSentry } from '../sentry.ts'
import { alertHook, deliver } from '../sentryHooks.ts'
import type { EmulatedIssue, SdkEvent } from '../sentryTypes.ts'

export interface SentryIngest {
  /** For the SDK of the project with this slug. */
  dsn(slug: string): string
  /** Where alert rules send what they found, and what it is signed with. */
  alert(url: string, secret: string): void
  close(): Promise<void>
}

const KEY = 'publickeyoftheemulatedproject00'
/** An alert rule's own pause: it fires once an issue and so many milliseconds. */
const RULE_MS = 5000

/** The host SDKs send to, which is another than the API's: takes envelopes into an emulated organization. */
export async function openIngest(sentry: EmulatedSentry): Promise<SentryIngest> {
  const hook = { url: '', secret: '' }
  const fired = new Map<string, number>()
  const sending = new Set<Promise<unknown>>()
  const { url, close } = await listen((request, response) => void take(request, response))
  const { host } = new URL(url)

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await bytesOf(request)
    const { pathname, searchParams } = new URL(request.url ?? '/', url)
    const id = /^\/api\/(\d+)\/envelope\/$/.exec(pathname)?.[1]
    const project = sentry.store.projects.find((one) => one.id === id)
    const named =
      searchParams.get('sentry_key') ?? /sentry_key=(\w+)/.exec(String(request.headers['x-sentry-auth']))?.[1]
    if (!project || named !== KEY) return void response.writeHead(project ? 403 : 404).end()
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
    for (const event of eventsIn(text)) fire(sentry.store.take(project.slug, event))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  }

  function fire(issue: EmulatedIssue): void {
    const now = Date.now()
    if (hook.url === '' || now - (fired.get(issue.id) ?? 0) < RULE_MS) return
    fired.set(issue.id, now)
    const sent = deliver(hook.url, [alertHook(hook.secret, issue, sentry.url, sentry.org)]).catch(() => undefined)
    sending.add(sent)
    void sent.finally(() => sending.delete(sent))
  }

  return {
    dsn: (slug) => `http://${KEY}@${host}/${sentry.store.project(slug).id}`,
    alert: (url, secret) => void Object.assign(hook, { url, secret }),
    async close() {
      await close()
      await Promise.all(sending)
    },
  }
}

/** Items of type `event`; sessions, transactions and reports of the client are taken and forgotten. */
export function eventsIn(envelope: string): SdkEvent[] {
  const lines = envelope.split('\n')
  return lines.flatMap((line, i) => {
    if (i === 0 || !line.startsWith('{"')) return []
    const header = JSON.parse(line) as { type?: unknown }
    return header.type === 'event' && lines[i + 1] ? [JSON.parse(lines[i + 1]!) as SdkEvent] : []
  })
}
