import { chmod } from 'node:fs/promises'
import { createServer, type IncomingMessage, request as plain, type ServerResponse } from 'node:http'
import { request as secure } from 'node:https'
import type { Duplex } from 'node:stream'

export interface Registry {
  /** http or https; a path is kept in front of every request. */
  url: string
  /** PEM bundle to trust instead of the built-in one. */
  ca: string | null
}

export interface RegistryProxy {
  /** What was asked for and refused, as `METHOD target`; at most 100. */
  refused: string[]
  /** Answers passed on. */
  served(): number
  close(): Promise<void>
}

/** A package's document or one of its archives: reading a registry needs nothing else, and a query could carry data out. */
const PACKAGE = /^\/(?:@[\w.~-]+(?:\/|%2f))?[\w.~-]+(?:\/-\/(?:@[\w.~-]+\/)?[\w.~+-]+\.tgz)?$/i
const SHORT_DOCUMENT = 'application/vnd.npm.install-v1+json'
const UPSTREAM_MS = 30_000

/** The path to ask the registry for; null when it is none of a package's. */
export function registryPath(base: URL, target: string): string | null {
  const prefix = base.pathname.replace(/\/$/, '')
  // Lockfiles name archives by their full path, which already holds the registry's own prefix.
  const path = prefix !== '' && target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : target
  return PACKAGE.test(path) && !path.includes('..') ? prefix + path : null
}

/**
 * The install's only way out: a unix socket that reads packages from the one configured registry. TLS ends on the
 * host, so that what passes can be judged: GET, no query, no body, none of the guest's header values.
 */
export async function serveRegistry(socket: string, registry: Registry): Promise<RegistryProxy> {
  const base = new URL(registry.url)
  const refused: string[] = []
  let served = 0
  const log = (asked: IncomingMessage) => {
    if (refused.length < 100) refused.push(`${asked.method} ${asked.url}`.slice(0, 200))
  }

  const pass = (asked: IncomingMessage, answer: ServerResponse, path: string) => {
    const short = asked.headers.accept?.includes(SHORT_DOCUMENT)
    const send = base.protocol === 'https:' ? secure : plain
    const onward = send(
      new URL(path, base),
      {
        headers: { accept: short ? SHORT_DOCUMENT : '*/*', 'accept-encoding': 'identity' },
        timeout: UPSTREAM_MS,
        ...(registry.ca === null ? {} : { ca: registry.ca }),
      },
      (found) => {
        served += 1
        const { 'content-type': type = 'application/octet-stream', 'content-length': length } = found.headers
        answer.writeHead(found.statusCode ?? 502, {
          'content-type': type,
          ...(length ? { 'content-length': length } : {}),
        })
        found.pipe(answer)
        found.on('error', () => answer.destroy())
      },
    )
    onward.on('timeout', () => onward.destroy(new Error('timed out')))
    onward.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    answer.on('close', () => onward.destroy())
    onward.end()
  }

  const server = createServer((asked, answer) => {
    const path = asked.method === 'GET' ? registryPath(base, asked.url ?? '') : null
    if (path !== null) return pass(asked, answer, path)
    log(asked)
    answer.writeHead(403).end()
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
