import ts from 'typescript'
import { packageOf } from './moduleFormat.ts'
import { isAsync, isPromise } from './promises.ts'
import { functionOf, isFunction, uncast, walk } from './syntax.ts'
import { short } from './typed.ts'
import type { Types } from './types.ts'

const VERBS = /^(?:get|post|put|patch|delete|del|all|use|options|head|route|on)$/
const WAITING = ['fastify', 'hono', 'koa', '@koa/router', 'koa-router', '@hapi/hapi', 'express-async-errors', 'elysia']

/** Why a function handed to a call may give a promise; null where nothing shows that anybody waits for it. */
export function takesPromise(
  types: Types,
  files: Record<string, string>,
  call: ts.CallExpression,
  index: number,
): string | null {
  const name = short(call.expression)
  const signature = types.checker.getResolvedSignature(call)
  const parameter = signature?.parameters[index]
  const type = parameter && types.checker.getTypeOfSymbolAtLocation(parameter, call)
  const given = type?.getCallSignatures()[0]?.getReturnType()
  if (given && isPromise(types, given)) return `${name}() takes functions that give a promise`
  const own = signature?.declaration ? types.pathOf(signature.declaration.getSourceFile().fileName) !== null : false
  if (own && given && given.flags & ts.TypeFlags.Unknown) return `${name}() takes functions that give anything`
  return own ? null : asRoute(types, files, call)
}

/** `app.get('/path', handler)` of a framework that waits for its handlers, or beside handlers that are async. */
function asRoute(types: Types, files: Record<string, string>, call: ts.CallExpression): string | null {
  const file = call.getSourceFile()
  const [path] = call.arguments
  const callee = call.expression
  if (!ts.isPropertyAccessExpression(callee) || !VERBS.test(callee.name.text)) return null
  if (!path || !ts.isStringLiteralLike(path) || !path.text.startsWith('/')) return null
  const { dependencies = {} } = packageOf(files, types.pathOf(file.fileName) ?? '')
  const framework = WAITING.find((name) => dependencies[name] !== undefined)
  if (framework) return `${framework} waits for its handlers`
  const express = dependencies.express
  if (express !== undefined) {
    return Number(/\d+/.exec(express)?.[0] ?? 0) >= 5 ? 'Express 5 waits for its handlers' : null
  }
  let beside = false
  walk(file, (node) => {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return
    const same = node.expression.expression.getText() === callee.expression.getText()
    if (same && VERBS.test(node.expression.name.text) && node.arguments.some((one) => isAsync(uncast(one))))
      beside = true
  })
  return beside ? `other handlers of ${short(callee.expression)} are async as well` : null
}

/** Functions that Next.js calls by their file and their name, and waits for. */
export function calledByNext(path: string, fn: ts.Node, name: string | null): string | null {
  const exported = /^\s*export\b/.test((statementOf(fn) ?? fn).getText())
  if (!exported) return null
  if (/(?:^|\/)route\.[jt]sx?$/.test(path) && /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/.test(name ?? '')) {
    return 'Next.js waits for its route handlers'
  }
  const isDefault = /^\s*export\s+default\b/.test((statementOf(fn) ?? fn).getText())
  return isDefault && /(?:^|\/)pages\/api\//.test(path) ? 'Next.js waits for its API routes' : null
}

function statementOf(node: ts.Node): ts.Node | null {
  for (let at: ts.Node = node; at.parent; at = at.parent) if (ts.isSourceFile(at.parent)) return at
  return null
}

/** Whether somebody waits for the value of a call: it is awaited, combined, or given back by an async function. */
export function isAwaited(call: ts.Node): boolean {
  const { parent } = call
  if (ts.isAwaitExpression(parent)) return true
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent)) return isAwaited(parent)
  if (ts.isArrayLiteralExpression(parent)) {
    const combined = ts.isCallExpression(parent.parent) && /^Promise\.\w+$/.test(parent.parent.expression.getText())
    return combined && isAwaited(parent.parent)
  }
  const returned = ts.isReturnStatement(parent) || (isFunction(parent) && parent.body === call)
  const fn = returned ? functionOf(call) : null
  return fn !== null && isAsync(fn)
}
