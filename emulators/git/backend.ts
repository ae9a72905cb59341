import { spawn } from 'node:child_process'
import type { IncomingMessage } from 'node:http'
import { exactly } from './exactly.ts'

export interface Page {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** Git's own HTTP backend, as a web server runs it: the whole answer, after its work is done. */
export function gitBackend(root: string, request: IncomingMessage, body: Buffer, user: string): Promise<Page> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://localhost')
  const header = (name: string) => String(request.headers[name] ?? '')
  const env = {
    ...{ PATH: '/usr/local/bin:/usr/bin:/bin', GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
    ...{ GIT_PROJECT_ROOT: root, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: decodeURIComponent(pathname) },
    ...{ REQUEST_METHOD: request.method ?? 'GET', QUERY_STRING: search.slice(1), CONTENT_LENGTH: String(body.length) },
    ...{ CONTENT_TYPE: header('content-type'), HTTP_CONTENT_ENCODING: header('content-encoding') },
    ...{ GIT_PROTOCOL: header('git-protocol'), REMOTE_USER: user, REMOTE_ADDR: '127.0.0.1' },
  }
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], { cwd: '/', env: exactly(env), stdio: ['pipe', 'pipe', 'ignore'] })
    const out: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stdin.on('error', () => undefined)
    child.stdin.end(body)
    child.on('error', reject)
    child.on('close', () => resolve(pageOf(Buffer.concat(out))))
  })
}

/** A CGI answer: headers, an empty line, the body. */
function pageOf(out: Buffer): Page {
  const end = out.indexOf('\r\n\r\n')
  const headers: Record<string, string> = {}
  for (const line of out.subarray(0, Math.max(end, 0)).toString('latin1').split('\r\n')) {
    const [name = '', ...value] = line.split(': ')
    headers[name.toLowerCase()] = value.join(': ')
  }
  const status = Number(headers.status?.slice(0, 3) ?? (end < 0 ? 500 : 200))
  delete headers.status
  return { status, headers, body: out.subarray(end < 0 ? out.length : end + 4) }
}
