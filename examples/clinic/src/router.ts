import type { Handler } from './call.ts'

export interface Route {
  method: string
  segments: string[]
  handler: Handler
}

/** `route('GET /api/practices/:id', handler)` */
export function route(pattern: string, handler: Handler): Route {
  const [method = 'GET', path = '/'] = pattern.split(' ')
  return { method, segments: path.split('/'), handler }
}

/** The first route whose segments fit, with its parameters. */
export function match(routes: Route[], method: string, path: string) {
  const segments = path.split('/')
  for (const candidate of routes) {
    const params = candidate.method === method ? paramsOf(candidate.segments, segments) : null
    if (params) return { handler: candidate.handler, params }
  }
  return null
}

function paramsOf(pattern: string[], segments: string[]): Record<string, string> | null {
  if (pattern.length !== segments.length) return null
  const params: Record<string, string> = {}
  for (const [index, name] of pattern.entries()) {
    const segment = segments[index] ?? ''
    if (name.startsWith(':')) params[name.slice(1)] = segment
    else if (name !== segment) return null
  }
  return params
}
