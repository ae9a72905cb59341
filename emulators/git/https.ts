import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { gitBackend, type Page } from './backend.ts'
import { selfSigned } from './certificate.ts'

/** What goes wrong: an answer `before` or `after` the work, a connection cut at either end of it, silence, a redirect. */
export type GitTrouble =
  | { kind: 'before' | 'after'; status: number }
  | { kind: 'cut-before' | 'cut-after' | 'hangs' }
  | { kind: 'redirects'; to: string }

export interface GitFault {
  on: RegExp
  times: number
  what: GitTrouble
}

export interface GitHost {
  /** `https://127.0.0.1:port`. */
  url: string
  host: string
  cert: string
  /** Tokens, and whether they may push. Whoever shows another one is told 401. */
  tokens: Map<string, 'read' | 'write'>
  faults: GitFault[]
  /** `METHOD path?query`, and what was shown with it. */
  calls: { label: string; authorization: string | null; objects?: number }[]
  /** What answers everything but git; the body was read. */
  pages?: (request: IncomingMessage, body: Buffer) => Promise<Page>
  close(): Promise<void>
}

/** A folder of bare repositories behind HTTPS, as any git host has them: basic auth, a certificate of its own. */
export async function serveGit(root: string): Promise<GitHost> {
  const { cert, key } = selfSigned()
  const server = createServer({ cert, key }, (request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host: GitHost = {
    ...{ url: `https://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, cert, tokens: new Map(), faults: [], calls: [] },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body: Buffer[] = []
    for await (const chunk of request as AsyncIterable<Buffer>) body.push(chunk)
    const label = `${request.method} ${request.url}`
    const authorization = request.headers.authorization ?? null
    const sent = Buffer.concat(body)
    const pack = sent.indexOf('PACK')
    const objects = pack < 0 ? {} : { objects: sent.readUInt32BE(pack + 8) }
    host.calls.push({ label, authorization, ...objects })
    const fault = host.faults.find(({ on, times }) => times > 0 && on.test(label))
    if (fault) fault.times -= 1
    const what = fault?.what
    if (what?.kind === 'cut-before') return void request.socket.destroy()
    if (what?.kind === 'before') return void response.writeHead(what.status).end('emulated')
    if (what?.kind === 'redirects') return void response.writeHead(302, { location: what.to }).end()
    if (what?.kind === 'hangs') return
    const other = !/\.git\//.test(request.url ?? '') && host.pages ? await host.pages(request, sent) : null
    const [user = '', token = ''] = basic(authorization)
    const may = host.tokens.get(token)
    const pushes = /receive-pack/.test(label)
    if (!other && !may) return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end()
    if (!other && pushes && may === 'read') return void response.writeHead(403).end('You are not allowed to push.')
    const page = other ?? (await gitBackend(root, request, sent, user || 'somebody'))
    if (what?.kind === 'cut-after') return void request.socket.destroy()
    if (what?.kind === 'after') return void response.writeHead(what.status).end('emulated')
    response.writeHead(page.status, page.headers).end(page.body)
  }
  return host
}

const basic = (authorization: string | null): string[] =>
  /^Basic /i.test(authorization ?? '')
    ? Buffer.from(authorization!.slice(6), 'base64').toString('utf8').split(/:(.*)/s)
    : []
