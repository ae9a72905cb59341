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
  get(path: string): Promise<Record<string, unknown> | Refusal>
  /** Decides once: the key is this call's own, so a repetition after a lost answer would be the same decision. */
  decide(verb: string, body: object, password?: string | null): Promise<Told | Refusal>
}

export const isRefusal = (answer: object): answer is Refusal => 'ok' in answer && answer.ok === false

/** Where `bin/start` writes down the address of the control room. */
export const urlFile = (home: string): string => join(home, 'ports', 'url')

/** The server of this checkout's state folder, unless an address and a token say otherwise. */
export async function remote(wanted: string | undefined): Promise<Remote> {
  const home = homeOf(resolve(import.meta.dirname, '..'), person())
  const url =
    wanted ?? given('NIGHTSHIFT_URL') ?? (await readFile(urlFile(home), 'utf8').catch(() => 'http://localhost:3000'))
  const token = given('NIGHTSHIFT_TOKEN') ?? (await tokenOf(home))
  const base = url.trim().replace(/\/+$/, '')
  const call = async (path: string, init: RequestInit) => {
    const headers = { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>) }
    // A token goes to the one address it was meant for and follows nobody elsewhere.
    const answer = await fetch(`${base}/api/control/${path}`, { ...init, headers, redirect: 'error' }).catch(() => {
      throw new Error(
        `Nightshift does not answer at ${base}. Is it running? Start it with bin/start, or name it with --url.`,
      )
    })
    const body = (await answer.json().catch(() => null)) as Record<string, unknown> | null
    if (!body) throw new Error(`What answers at ${base} is not Nightshift (status ${answer.status}).`)
    return body
  }
  return {
    url: base,
    get: (path) => call(path, { method: 'GET' }),
    decide(verb, body, password) {
      const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': randomUUID() }
      if (password) headers['nightshift-password'] = Buffer.from(password).toString('base64')
      return call(verb, { method: 'POST', headers, body: JSON.stringify(body) }) as Promise<Told | Refusal>
    },
  }
}

async function tokenOf(home: string): Promise<string> {
  if (!existsSync(secretsFile(home)))
    throw new Error(
      `There is no token: Nightshift was never started from here (${home}), and NIGHTSHIFT_TOKEN is not set.`,
    )
  const { controlToken } = JSON.parse(await readFile(secretsFile(home), 'utf8')) as { controlToken?: string }
  if (!controlToken) throw new Error('The state folder holds no token yet. Start Nightshift once more with bin/start.')
  return controlToken
}
