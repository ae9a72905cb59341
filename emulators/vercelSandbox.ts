import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SandboxService } from './vercelSandboxService.ts'
import type { Answer, Call } from './vercelSandboxTypes.ts'

/** What goes wrong with a call: `before` or `after` its work is done, a limit, an answer that breaks off, or a delay. */
export type Trouble =
  | { kind: 'before' | 'after'; status: number }
  | { kind: 'limit'; seconds: number }
  | { kind: 'cut' }
  | { kind: 'lost' }
  | { kind: 'slow'; ms: number }

/** One trouble for the calls whose `METHOD path` it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface EmulatedSandboxes {
  url: string
  /** The only login it accepts. */
  token: string
  teamId: string
  projectId: string
  /** Every call in order, as it arrived. */
  log: Call[]
  faults: Fault[]
  service: SandboxService
  close(): Promise<void>
}

export interface EmulatorOptions {
  /** Where disks of machines and snapshots are kept. */
  folder: string
  /** A Node binary and npm's own folder, for machines to have. */
  node: string
  npm: string
}

/**
 * The part of Vercel's API that its sandbox SDK calls, with machines that really run programs: namespaces of their own on
 * this one, a disk each, snapshots as copies of it. Takes root. What it leaves out: regions, drives, ports, persistence,
 * quotas, and a firewall: a machine with a list of hosts has this one's whole network.
 */
export async function emulateSandboxes(options: EmulatorOptions): Promise<EmulatedSandboxes> {
  const service = new SandboxService(options)
  const server = createServer((request, response) => void serve(host, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const host: EmulatedSandboxes = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ token: 'token-of-the-emulated-account', teamId: 'team_emulated', projectId: 'prj_emulated' },
    ...{ log: [], faults: [], service },
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await service.close()
    },
  }
  return host
}

async function serve(host: EmulatedSandboxes, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const url = new URL(request.url ?? '/', host.url)
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/api/, ''),
    query: url.searchParams,
    body: Buffer.concat(chunks),
    headers: request.headers as Record<string, string>,
  }
  host.log.push(call)
  const fault = host.faults.find(({ on, times }) => times > 0 && on.test(`${call.method} ${call.path}`))
  if (fault) fault.times -= 1
  const what = fault?.what
  try {
    if (what?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, what.ms))
    if (what?.kind === 'before') return send(response, refusal(what.status, 'emulated'))
    if (what?.kind === 'limit')
      return send(response, refusal(429, 'rate_limited'), { 'retry-after': String(what.seconds) })
    const answer = await answerTo(host, call)
    if (what?.kind === 'lost') return void request.socket.destroy()
    if (what?.kind === 'after') return send(response, refusal(what.status, 'emulated'))
    if (what?.kind === 'cut') return cut(response, answer)
    send(response, answer)
  } catch (error) {
    send(response, refusal(500, error instanceof Error ? error.message : String(error)))
  }
}

async function answerTo(host: EmulatedSandboxes, call: Call): Promise<Answer> {
  if (call.headers.authorization !== `Bearer ${host.token}`) return refusal(403, 'forbidden')
  if (call.query.get('teamId') !== host.teamId) return refusal(404, 'not_found')
  return host.service.answer(call)
}

export const refusal = (status: number, code: string): Answer => ({ status, json: { error: { code, message: code } } })

function encoded({ json, bytes, rows }: Answer): { type: string; body: Buffer } {
  if (bytes) return { type: 'application/octet-stream', body: bytes }
  if (!rows) return { type: 'application/json', body: Buffer.from(JSON.stringify(json)) }
  return { type: 'application/x-ndjson', body: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')) }
}

function send(response: ServerResponse, answer: Answer, headers: Record<string, string> = {}): void {
  if (response.destroyed) return
  const { type, body } = encoded(answer)
  response.writeHead(answer.status, { 'content-type': type, ...headers }).end(body)
}

/** Half of the answer arrives. */
function cut(response: ServerResponse, answer: Answer): void {
  const { type, body: whole } = encoded(answer)
  response.writeHead(answer.status, { 'content-type': type, 'content-length': whole.length })
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => setTimeout(() => response.destroy(), 20))
}
