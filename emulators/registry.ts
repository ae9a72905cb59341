import { readFile } from 'node:fs/promises'
import { type IncomingMessage, request as plainly, type RequestOptions, type ServerResponse } from 'node:http'
import { request as securely } from 'node:https'
import { type Listening, listen } from './listen.ts'

export interface RegistryOptions {
  /** Where this machine gets packages from. */
  url: string
  /** Path of a PEM file that vouches for it, where the usual authorities do not. */
  cafile?: string | undefined
}

/** What goes on: no login, no cookie. */
const KEPT = ['accept', 'accept-encoding', 'npm-in-ci', 'user-agent']

/**
 * The public registry as an emulated machine reaches it: by a number, since it has no names, and in clear, since it trusts nobody
 * this machine may have been told to trust. Asks for it at wherever this machine itself gets packages from; reading only.
 */
export async function openRegistry({ url, cafile }: RegistryOptions): Promise<Listening> {
  const ca = cafile === undefined ? undefined : await readFile(cafile, 'utf8')
  const base = url.replace(/\/+$/, '')

  function pass({ method, url: path = '/', headers }: IncomingMessage, response: ServerResponse): void {
    if (method !== 'GET' && method !== 'HEAD') return void response.writeHead(405).end()
    const kept = Object.fromEntries(KEPT.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])))
    const options: RequestOptions = { method, headers: kept }
    const target = `${base}${path}`
    const send = target.startsWith('https:') ? securely(target, { ...options, ca }) : plainly(target, options)
    send.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    send.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()))
    response.on('close', () => send.destroy())
    send.end()
  }

  return listen(pass)
}
