import ts from 'typescript'
import type { Mark } from './mark.ts'
import type { Rule } from './rules.ts'
import type { Reader } from './side.ts'
import { keyOf, lineOf, nameOf } from './syntax.ts'

/** Modules that start processes or interpreters, or reach into the one that runs. */
const PROCESSES = /^(?:node:)?(?:child_process|vm|worker_threads|cluster|inspector(?:\/promises)?|repl|module|v8|wasi)$/
const REMOTE = /^(?:https?:|data:|blob:|file:|\/\/|npm:|jsr:)/
const SPAWNS = /^(?:Bun\.spawn(?:Sync)?|Deno\.(?:Command|run|dlopen)|process\.(?:binding|dlopen|_linkedBinding))$/
const EVALUATES = /^(?:eval|Function|atob|execScript|vm\.\w+)$/

/** Code nobody can review because it is not there yet: text that is run, modules named at run time, other programs. */
export const hiddenMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (rule: Rule): Mark[] => [{ rule, line: lineOf(node), key: keyOf(node) }]
    const module = moduleOf(node)
    if (module !== null) {
      if (PROCESSES.test(module) || SPAWNS.test(module)) return say('starts-process')
      return module === UNKNOWN || REMOTE.test(module) ? say('remote-code') : []
    }
    if (ts.isElementAccessExpression(node)) return computedGlobal(node) ? say('hidden-text') : []
    if (ts.isPropertyAssignment(node)) return tlsOff(node) ? say('tls-off') : []
    if (ts.isIdentifier(node) || ts.isStringLiteralLike(node))
      return node.text === 'NODE_TLS_REJECT_UNAUTHORIZED' ? say('tls-off') : []
    if (
      ts.isBinaryExpression(node) &&
      /(?:^|\.)(?:rejectUnauthorized|strictSSL|checkServerIdentity)$/.test(nameOf(node.left))
    )
      return node.right.kind === ts.SyntaxKind.TrueKeyword ? [] : say('tls-off')
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
    const name = nameOf(node.expression)
    if (SPAWNS.test(name)) return say('starts-process')
    if (EVALUATES.test(name) || /\.constructor\.constructor$|^(?:\(\))?\.constructor$/.test(name))
      return say('hidden-text')
    const [first] = node.arguments ?? []
    if (/^set(?:Timeout|Interval|Immediate)$/.test(name) && first && ts.isStringLiteralLike(first))
      return say('hidden-text')
    if (/^(?:importScripts|Worker|SharedWorker)$/.test(name)) return say('remote-code')
    const script = /\.createElement$/.test(name) && first && ts.isStringLiteralLike(first) && first.text === 'script'
    return script ? say('remote-code') : []
  })

const UNKNOWN = '\0'

/** The module a node loads: its name, `UNKNOWN` where that is put together at run time, null where it loads none. */
export function moduleOf(node: ts.Node): string | null {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null
  if (!ts.isCallExpression(node)) return null
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    /^(?:require|module\.require|createRequire\(\))$/.test(nameOf(node.expression))
  if (!loads) return null
  const [first] = node.arguments
  return first && ts.isStringLiteralLike(first) ? first.text : UNKNOWN
}

/** `globalThis[name]`: a global by a name that is only known at run time. */
const computedGlobal = (node: ts.ElementAccessExpression): boolean =>
  /^(?:globalThis|window|self|global|process|require)$/.test(node.expression.getText()) &&
  !ts.isStringLiteralLike(node.argumentExpression)

function tlsOff(node: ts.PropertyAssignment): boolean {
  const name = node.name.getText().replace(/['"]/g, '')
  if (name === 'checkServerIdentity') return true
  const off = node.initializer.kind === ts.SyntaxKind.FalseKeyword
  return (
    (off && /^(?:rejectUnauthorized|strictSSL|secureConnection)$/.test(name)) || (!off && name === 'insecureHTTPParser')
  )
}
