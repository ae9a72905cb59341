import type { IncomingMessage, ServerResponse } from 'node:http'

/** What goes wrong with a call: `before` or `after` its work is done, a limit, an answer that never comes, or a delay. */
export type Trouble =
  | { kind: 'before' | 'after'; status: number; body?: string }
  | { kind: 'limit'; seconds: number }
  /** Does it, and the connection ends without an answer. */
  | { kind: 'lost' }
  /** Does it, and says nothing for this long. */
  | { kind: 'hangs'; ms: number }
  | { kind: 'slow'; ms: number }
  | { kind: 'redirects'; to: string }

/** One trouble for the calls whose name it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface Reply {
  status: number
  body: string
  headers?: Record<string, string>
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

/** Answers one call, with the trouble that was put down for it. `work` does it and says what the answer is. */
export async function troubled(
  faults: Fault[],
  name: string,
  response: ServerResponse,
  work: () => Reply,
): Promise<void> {
  const fault = faults.find(({ on, times }) => times > 0 && on.test(name))
  if (fault) fault.times -= 1
  const what = fault?.what
  const send = ({ status, body, headers }: Reply) => {
    if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
  }
  if (what?.kind === 'slow') await pause(what.ms)
  if (what?.kind === 'before') return send({ status: what.status, body: what.body ?? 'emulated' })
  if (what?.kind === 'limit')
    return send({
      status: 429,
      body: '{"ok":false,"error":"ratelimited"}',
      headers: { 'retry-after': String(what.seconds) },
    })
  if (what?.kind === 'redirects') return send({ status: 307, body: '', headers: { location: what.to } })
  const reply = work()
  if (what?.kind === 'lost') return void response.destroy()
  if (what?.kind === 'hangs') await pause(what.ms)
  if (what?.kind === 'after') return send({ status: what.status, body: what.body ?? 'emulated' })
  send(reply)
}

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
