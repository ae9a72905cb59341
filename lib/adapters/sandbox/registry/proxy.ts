import { chmod } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { registryPath, SHORT_DOCUMENT, withOwnArchives } from './npm.ts'
import { PAGE_KINDS, pageOf, pythonFiles } from './python.ts'
import { get, type Registry, wholeText } from './upstream.ts'

/** Where packages come from. Only what an install needs is open. */
export interface Upstreams {
  npm: Registry
  /** A PEP 503 index. */
  python?: Registry | null
}

export interface RegistryProxy {
  /** What was asked for and refused, as `METHOD target`; at most 100. */
  refused: string[]
  /** Answers passed on. */
  served(): number
  close(): Promise<void>
}

/** One answer to fetch for the guest, and how a document is rewritten on its way in. */
interface Errand {
  url: URL
  accept: string
  ca: string | null
  rewrite: ((text: string) => string) | null
}

function errands({ npm, python = null }: Upstreams, own: string) {
  const base = new URL(npm.url)
  const files = pythonFiles()
  return (asked: IncomingMessage): Errand | null => {
    const target = asked.url ?? ''
    // Who takes us for a proxy as well names us in full.
    const path = target.startsWith(own) ? target.slice(own.length - 1) : target
    if (asked.method !== 'GET') return null
    const page = python && pageOf(new URL(python.url), path)
    if (page) return { url: page, accept: PAGE_KINDS, ca: python.ca, rewrite: (html) => files.page(html, page) }
    const file = python && files.fileOf(path)
    if (file) return { url: file, accept: '*/*', ca: python.ca, rewrite: null }
    const packagePath = registryPath(base, path)
    if (packagePath === null) return null
    const accept = asked.headers.accept?.includes(SHORT_DOCUMENT) ? SHORT_DOCUMENT : '*/*'
    const archive = packagePath.endsWith('.tgz')
    const rewrite = archive ? null : (text: string) => withOwnArchives(text, own)
    return { url: new URL(packagePath, base), accept, ca: npm.ca, rewrite }
  }
}

/** Passes status, kind and body on; no other header of either side. */
async function relay(found: IncomingMessage, answer: ServerResponse, rewrite: Errand['rewrite']): Promise<void> {
  const { 'content-type': type = 'application/octet-stream', 'content-length': length } = found.headers
  const status = found.statusCode ?? 502
  if (rewrite && status === 200) {
    const body = Buffer.from(rewrite(await wholeText(found)))
    answer.writeHead(status, { 'content-type': type, 'content-length': body.length }).end(body)
    return
  }
  answer.writeHead(status, { 'content-type': type, ...(length ? { 'content-length': length } : {}) })
  found.on('error', () => answer.destroy())
  found.pipe(answer)
}

/**
 * The install's only way out: a unix socket that reads packages from the configured registries. TLS ends on the host, so
 * that what passes can be judged: GET, no query, no body, none of the guest's header values. `own` is the address inside.
 */
export async function serveRegistry(socket: string, upstreams: Upstreams, own: string): Promise<RegistryProxy> {
  const refused: string[] = []
  let served = 0
  const log = (asked: IncomingMessage) => {
    if (refused.length < 100) refused.push(`${asked.method} ${asked.url}`.slice(0, 200))
  }
  const errandOf = errands(upstreams, own)
  const fail = (answer: ServerResponse) => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end())

  const server = createServer((asked, answer) => {
    const errand = errandOf(asked)
    if (errand === null) {
      log(asked)
      answer.writeHead(403).end()
      return
    }
    const onward = get(errand.url, errand.accept, errand.ca, {
      answer: (found) => {
        served += 1
        relay(found, answer, errand.rewrite).catch(() => fail(answer))
      },
      failure: () => fail(answer),
    })
    answer.on('close', onward.cancel)
  })
  server.on('connect', (asked: IncomingMessage, connection: Duplex) => {
    log(asked)
    connection.on('error', () => undefined)
    connection.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socket, resolve))
  // Who may reach the socket is decided by its folder, which only this run can enter.
  await chmod(socket, 0o666)
  return {
    refused,
    served: () => served,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
