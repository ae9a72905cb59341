import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git'
import { Fault } from '../../errors.ts'

/** The library keeps what it fetches in memory, once as it came and once taken apart. */
const ANSWER_MAX = 256 * 1024 * 1024
/** Nothing for so long is nobody there. */
const SILENT_MS = 60_000

export interface Asking {
  url: string
  method: string
  headers: Record<string, string>
  body?: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined
  signal?: AbortSignal
}

export interface Answered {
  status: number
  headers: Record<string, string>
  body: AsyncIterable<Uint8Array>
}

/** One request over HTTPS to a host whose certificate holds. Redirects are answers like others, and are followed by nobody. */
export function ask({ url, method, headers, body, signal }: Asking, cafile: string | undefined): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const ca = { ...(cafile ? { ca: readFileSync(cafile) } : {}), ...(signal ? { signal } : {}) }
    const asked = request(url, { method, headers, ...ca, timeout: SILENT_MS, agent: false }, (answer) => {
      resolve({
        status: answer.statusCode ?? 0,
        headers: answer.headers as Record<string, string>,
        body: capped(answer),
      })
    })
    asked.on('timeout', () => asked.destroy(new Error('timed out')))
    asked.on('error', reject)
    void write(asked, body).catch((error: unknown) => asked.destroy(error as Error))
  })
}

async function write(to: NodeJS.WritableStream, body: Asking['body']): Promise<void> {
  for await (const chunk of body ?? []) to.write(chunk)
  to.end()
}

async function* capped(body: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let taken = 0
  for await (const chunk of body) {
    taken += chunk.length
    if (taken > ANSWER_MAX)
      throw new Fault('REPOSITORY_TOO_LARGE', 'Without the program git, 256 MB are fetched at most.')
    yield chunk
  }
}

/** The same, as the library calls it. */
export const clientWith = (cafile: string | undefined): HttpClient => ({
  async request({ url, method = 'GET', headers = {}, body }: GitHttpRequest): Promise<GitHttpResponse> {
    const told = await ask({ url, method, headers, body: body as Asking['body'] }, cafile)
    return {
      ...{ url, method, headers: told.headers, body: told.body as GitHttpResponse['body'] & object },
      ...{ statusCode: told.status, statusMessage: String(told.status) },
    }
  },
})
