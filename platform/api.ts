import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { complain } from './complain.ts'
import type { Platform } from './platform.ts'
import { answer, type Reply, refusal } from './reply.ts'
import { answerCall } from './routes.ts'

/** Bytes of a request's body; the largest honest one is a target's environment. */
const MAX_BODY = 256 * 1024

/** The API's HTTP server: token, size, JSON; what a call means is in `routes.ts`. */
export function openApi(platform: Platform): Server {
  return createServer((request, response) => {
    void reply(platform, request)
      .catch((error: unknown) => {
        complain(error)
        return refusal(500, 'internal', 'the platform failed; its stderr says why')
      })
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(body))
      })
  })
}

async function reply(platform: Platform, request: IncomingMessage): Promise<Reply> {
  const { method = 'GET' } = request
  const [target = '', search = ''] = (request.url ?? '/').split('?', 2)
  if (method === 'GET' && target === '/healthz') return answer(200, { ok: true })
  if (!isBearer(request.headers.authorization, platform.config.token)) {
    return refusal(401, 'unauthenticated', 'send the token as Authorization: Bearer')
  }
  const bytes = await readBody(request)
  if (bytes === null) return refusal(413, 'too-large', `a body may have ${MAX_BODY} bytes`)
  const query = Object.fromEntries(new URLSearchParams(search))
  try {
    const path = target.split('/').slice(1).map(decodeURIComponent)
    const body: unknown = bytes.length === 0 ? undefined : JSON.parse(bytes.toString('utf8'))
    return await answerCall(platform, { method, path, query, body })
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof URIError) {
      return refusal(400, 'malformed', 'the body is not JSON or the path is not an address')
    }
    throw error
  }
}

/** Compares digests, so that neither content nor length shows in the time it takes. */
export function isBearer(header: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`))
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size <= MAX_BODY) chunks.push(chunk)
  }
  return size > MAX_BODY ? null : Buffer.concat(chunks)
}
