import ts from 'typescript'
import { binderOf, declarationOf } from './bindings.ts'
import type { Source } from './source.ts'
import { bare } from './syntax.ts'

/** What in a program is the request, and which of its members hold what the caller sent. */

/** Members a caller decides, as Node, Fetch, Express, Fastify and Hono name them. */
const SENT = new Set([
  ...['body', 'rawBody', 'query', 'querystring', 'params', 'headers', 'rawHeaders', 'cookies', 'url', 'originalUrl'],
  ...['path', 'host', 'hostname', 'href', 'search', 'searchParams', 'nextUrl', 'file', 'files'],
  ...['text', 'json', 'arrayBuffer', 'formData', 'blob', 'param', 'header', 'get', 'queries', 'parseBody'],
])
/** A context carries the answer and the app's own state as well: `ctx.body` is Koa's answer, `c.get()` Hono's state. */
const SENT_IN_CONTEXT = new Set(['params', 'query', 'querystring', 'headers', 'cookies', 'url', 'path', 'search'])
const SENT_IN_EVENT = new Set([
  ...['body', 'rawBody', 'headers', 'cookies', 'url', 'params', 'rawPath', 'rawQueryString'],
  ...['pathParameters', 'queryStringParameters', 'multiValueQueryStringParameters'],
])
/** Names a destructured parameter of a handler gives to what was sent: `({ params })`, `({ input })`. */
const SENT_BY_NAME = new Set(['body', 'rawBody', 'query', 'params', 'searchParams', 'headers', 'cookies', 'input'])

const REQUEST = /^_?(?:req|request)$/
const REQUEST_TYPE = /^(?:\w+\.)?(?:\w*Request|IncomingMessage)\b/
const CONTEXT = /^(?:ctx|context|c)$/
const EVENT = /^(?:event|evt)$/

type Kind = 'request' | 'context' | 'event'

/** What an expression is, when it is what came in; null for anything else. */
export function incoming(source: Source, value: ts.Expression): Kind | null {
  const at = bare(value)
  if (ts.isIdentifier(at)) return parameterKind(source, at)
  if (ts.isCallExpression(at) && ts.isPropertyAccessExpression(at.expression)) {
    return at.expression.name.text === 'clone' ? incoming(source, at.expression.expression) : null
  }
  if (!ts.isPropertyAccessExpression(at)) return null
  const on = bare(at.expression)
  if (at.name.text === 'raw') return incoming(source, on)
  return REQUEST.test(at.name.text) && ts.isIdentifier(on) && isParameter(source, on) ? 'request' : null
}

/** Whether a member of what came in was sent by the caller. */
export function isSent(kind: Kind, member: string | null): boolean {
  if (member === null) return false
  const known = kind === 'request' ? SENT : kind === 'context' ? SENT_IN_CONTEXT : SENT_IN_EVENT
  return known.has(member)
}

export const isSentByName = (key: string): boolean => SENT_BY_NAME.has(key)

function parameterKind(source: Source, name: ts.Identifier): Kind | null {
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  if (!declaration || !binder || !ts.isParameter(binder)) return null
  if (REQUEST.test(name.text)) return 'request'
  if (binder !== declaration) return null
  if (binder.type && REQUEST_TYPE.test(binder.type.getText())) return 'request'
  return CONTEXT.test(name.text) ? 'context' : EVENT.test(name.text) ? 'event' : null
}

function isParameter(source: Source, name: ts.Identifier): boolean {
  const declaration = declarationOf(source, name)
  return !!declaration && ts.isParameter(declaration)
}
