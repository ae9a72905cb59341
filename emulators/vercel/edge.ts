import { type IncomingMessage, request as open, type ServerResponse } from 'node:http'
import { type Listening, listen } from '../listen.ts'

/** Where a request that came to one host goes. */
export interface Route {
  /** Address of whatever answers; null: nothing does. */
  origin: string | null
  deployment: string
  environment: 'production' | 'preview'
  /** Wants the bypass secret. */
  protected: boolean
}

export interface Served {
  host: string
  route: Route
  method: string
  /** With its query. */
  path: string
  status: number
  ms: number
}

export interface Edge {
  /** A host of its own on this machine, without a scheme; where its requests go is looked up for each. */
  door(lookUp: () => Promise<Route | null>): Promise<string>
  close(): Promise<void>
}

/** Hosts that answer for deployments and domains: protection first, then whatever serves there. */
export function openEdge(bypassSecret: string, served: (one: Served) => void): Edge {
  const doors: Listening[] = []

  async function pass(host: string, route: Route | null, incoming: IncomingMessage, answer: ServerResponse) {
    if (!route) return end(answer, 404, 'DEPLOYMENT_NOT_FOUND')
    if (route.protected && incoming.headers['x-vercel-protection-bypass'] !== bypassSecret)
      return end(answer, 401, 'Authentication Required')
    const began = performance.now()
    const { method = 'GET', url: path = '/' } = incoming
    const done = (status: number) =>
      served({ host, route, method, path, status, ms: Math.round(performance.now() - began) })
    if (!route.origin) {
      done(503)
      return end(answer, 503, 'nothing answers')
    }
    const headers = { ...incoming.headers, host: new URL(route.origin).host, connection: 'close' }
    delete (headers as Record<string, unknown>)['x-vercel-protection-bypass']
    const outgoing = open(route.origin + path, { method, headers, agent: false })
    outgoing.on('response', (response) => {
      // Counted before the answer is over, so that whoever has it finds it counted.
      done(response.statusCode ?? 502)
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    outgoing.on('error', () => {
      done(502)
      end(answer, 502, 'FUNCTION_INVOCATION_FAILED')
    })
    incoming.pipe(outgoing)
  }

  return {
    async door(lookUp) {
      let host = ''
      const listening = await listen((incoming, answer) => {
        lookUp().then(
          (route) => pass(host, route, incoming, answer),
          () => end(answer, 500, 'emulator'),
        )
      })
      doors.push(listening)
      host = new URL(listening.url).host
      return host
    },
    async close() {
      for (const { close } of doors) await close()
    },
  }
}

function end(answer: ServerResponse, status: number, text: string): void {
  if (answer.headersSent) return void answer.destroy()
  answer.writeHead(status, { 'content-type': 'text/plain' }).end(text)
}
