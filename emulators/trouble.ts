import type { ServerResponse } from 'node:http'

/** What goes wrong with a call. */
export type Trouble =
  /** An error instead of the work, or instead of its answer; `body` in place of the service's own words. */
  | { kind: 'before' | 'after'; status: number; body?: string }
  | { kind: 'limit'; seconds: number; secondary?: boolean; status?: 403 | 429 }
  /** The work is done, and the connection ends: without an answer, or half way through it. */
  | { kind: 'lost' | 'cut' }
  /** The work is done, and nothing is said: for so long, or ever. */
  | { kind: 'hangs'; ms?: number }
  | { kind: 'slow'; ms: number }
  /** What is looked at is so old, or as it was when it was first looked at. */
  | { kind: 'stale'; ms?: number }
  /** Anything at all instead of the work, where a parser is to be tried. */
  | { kind: 'says'; json: unknown }
  | { kind: 'says'; body: string }
  | { kind: 'huge' }
  | { kind: 'redirects'; to: string; status?: 302 | 307 }

export type Limit = Extract<Trouble, { kind: 'limit' }>

/** One trouble for the calls whose name it matches, so many times. */
export interface Fault {
  on: RegExp
  times: number
  what: Trouble
}

export interface Reply {
  status: number
  body: string | Buffer
  headers?: Record<string, string>
}

/** Takes the trouble that was put down for a call. */
export function troubleFor(faults: Fault[], call: string): Trouble | null {
  const fault = faults.find(({ on, times }) => times > 0 && on.test(call))
  if (!fault) return null
  fault.times -= 1
  return fault.what
}

/** How a service words what is not its work. */
export interface Words {
  refusal(status: number, why: string): Reply
  limited(limit: Limit): Reply
}

const HUGE = 80 * 1024 * 1024
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref())

/** Answers one call with its trouble; `work` does it and says what the answer is. */
export async function answered(
  response: ServerResponse,
  what: Trouble | null,
  words: Words,
  work: () => Promise<Reply>,
): Promise<void> {
  if (what?.kind === 'slow') await pause(what.ms)
  const instead = what && insteadOf(what, words)
  if (instead) return send(response, instead)
  const reply = await work().catch((error) =>
    words.refusal(500, String(error instanceof Error ? error.message : error)),
  )
  if (what?.kind === 'lost') return void response.destroy()
  if (what?.kind === 'cut') return half(response, reply)
  if (what?.kind === 'hangs' && what.ms === undefined) return
  if (what?.kind === 'hangs') await pause(what.ms!)
  send(response, what?.kind === 'after' ? failed(what, words) : reply)
}

const failed = ({ status, body }: { status: number; body?: string }, words: Words): Reply =>
  body === undefined ? words.refusal(status, 'Emulated') : { status, body }

function insteadOf(what: Trouble, words: Words): Reply | null {
  if (what.kind === 'before') return failed(what, words)
  if (what.kind === 'limit') return words.limited(what)
  if (what.kind === 'redirects') return { status: what.status ?? 307, body: '', headers: { location: what.to } }
  if (what.kind === 'says') return { status: 200, body: 'json' in what ? JSON.stringify(what.json) : what.body }
  return what.kind === 'huge' ? { status: 200, body: Buffer.alloc(HUGE, 32) } : null
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  if (!response.destroyed) response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
}

function half(response: ServerResponse, { status, body, headers }: Reply): void {
  const whole = Buffer.from(body as string)
  // Of nothing nothing arrives.
  if (whole.length === 0) return void response.destroy()
  response.writeHead(status, { 'content-type': 'application/json', ...headers, 'content-length': whole.length })
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => setTimeout(() => response.destroy(), 20))
}
