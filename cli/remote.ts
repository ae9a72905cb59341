import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { given, person } from './env.ts'
import { homeOf } from './home.ts'
import { secretsFile } from './secrets.ts'

/** A server's no, in the words of the catalogue. */
export interface Refusal {
  ok: false
  code: string
  sentence: string
  detail: string
  remedy: string
}

export type Told = Record<string, unknown> & { ok: true }

/** A running Nightshift, spoken to as the owner. */
export interface Remote {
  url: string
  /** Where its token is this machine's own, the state folder that it was found in: the server's too. */
  home: string | null
  get(path: string, patienceMs?: number): Promise<Record<string, unknown> | Refusal>
  /** Decides once: the key is this call's own, so a repetition after a lost answer would be the same decision. */
  decide(verb: string, body: object, more?: { password?: string | null; patienceMs?: number }): Promise<Told | Refusal>
}

export const isRefusal = (answer: object): answer is Refusal => 'ok' in answer && answer.ok === false

/** Where `bin/start` writes down the address of the control room while it runs. */
export const urlFile = (home: string): string => join(home, 'ports', 'url')

export const stateFolder = (): string => homeOf(resolve(import.meta.dirname, '..'), person())

/** A pause waits five seconds for what is under way; everything else is quicker. */
const PATIENCE_MS = 30_000

/** The server of this checkout's state folder, unless an address and a token say otherwise. */
export async function remote(wanted: string | undefined): Promise<Remote> {
  const home = stateFolder()
  const base = addressIn(wanted ?? given('NIGHTSHIFT_URL') ?? (await writtenDown(home)))
  // In a container of the server's its own environment is there, under the server's name for it.
  const own = (given('NIGHTSHIFT_TOKEN') ?? given('CONTROL_TOKEN'))?.trim()
  const token = own ?? (await tokenOf(home))
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('NIGHTSHIFT_TOKEN is no token: it has letters that none has.')
  const authorization = `Bearer ${token}`
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> }, patienceMs = PATIENCE_MS) =>
    ask(base, `/api/control/${path}`, {
      ...init,
      headers: { ...init.headers, authorization },
      // A token goes to the one address it was meant for and follows nobody elsewhere.
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
  return {
    url: base,
    home: own ? null : home,
    get: (path, patienceMs) => call(path, { method: 'GET' }, patienceMs),
    decide(verb, body, { password, patienceMs } = {}) {
      const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
      if (password) headers['nightshift-password'] = Buffer.from(password).toString('base64')
      return call(verb, { method: 'POST', headers, body: JSON.stringify(body) }, patienceMs) as Promise<Told | Refusal>
    },
  }
}

async function ask(base: string, path: string, init: RequestInit): Promise<Record<string, unknown>> {
  const answer = await fetch(base + path, init).catch((error: unknown) => {
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new Error(`Nightshift at ${base} did not answer in time. What was asked for may have happened: see status.`)
    throw new Error(`Nightshift does not answer at ${base}. Start it with bin/start, or name it with --url.`)
  })
  const body = (await answer.json().catch(() => null)) as Record<string, unknown> | null
  if (body && answer.status < 300) return body
  if (body && isRefusal(body)) return body
  if (answer.status >= 500) throw new Error(`Nightshift at ${base} failed (status ${answer.status}): see its log.`)
  throw new Error(`What answers at ${base} is not Nightshift (status ${answer.status}). Name it with --url.`)
}

/** An origin, and where a proxy puts Nightshift below a path, that path; a login in it would end up in messages. */
function addressIn(text: string): string {
  const url = URL.parse(text.trim())
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash)
    throw new Error('The address of Nightshift is http:// or https:// with a host, and nothing secret in it.')
  return url.href.replace(/\/+$/, '')
}

async function writtenDown(home: string): Promise<string> {
  const address = await readFile(urlFile(home), 'utf8').catch(() => null)
  if (address) return address
  throw new Error(
    `Nightshift does not run from this folder (state: ${home}). Start it with bin/start, or name one with --url.`,
  )
}

async function tokenOf(home: string): Promise<string> {
  if (!existsSync(secretsFile(home)))
    throw new Error(
      `There is no token: Nightshift was never started from here (${home}), and NIGHTSHIFT_TOKEN is not set.`,
    )
  const { controlToken } = readable(await readFile(secretsFile(home), 'utf8'))
  if (!controlToken) throw new Error('The state folder holds no token yet. Start Nightshift once more with bin/start.')
  return controlToken
}

function readable(text: string): { controlToken?: string } {
  try {
    return JSON.parse(text) as { controlToken?: string }
  } catch {
    // The parser would quote what it could not read.
    throw new Error('The state folder’s secrets are damaged. Restore them from a copy.')
  }
}
