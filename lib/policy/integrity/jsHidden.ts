import ts from 'typescript'
import { FOREIGN } from './hidden.ts'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Rule } from './rules.ts'
import type { Reader } from './side.ts'
import { foldedOf, functionAround, isAssignment, keyOf, lineOf } from './syntax.ts'

/** Modules that start processes or interpreters, or reach into the one that runs. */
const PROCESSES = /^(?:node:)?(?:child_process|vm|worker_threads|cluster|inspector(?:\/promises)?|repl|module|v8|wasi)$/
const REMOTE = /^(?:https?:|data:|blob:|file:|\/\/|npm:|jsr:)/
const SPAWNS =
  /^(?:child_process\.\w+|Bun\.spawn(?:Sync)?|Deno\.(?:Command|run|dlopen)|process\.(?:binding|dlopen|_linkedBinding))$/
const EVALUATES = /^(?:eval|Function|atob|execScript|vm\.\w+)$/

/** What runs or loads whatever it is given, handed on by its name alone. */
const BY_NAME = /^(?:eval|Function|require)$/

/** Code nobody can review because it is not there yet: text that is run, modules named at run time, other programs. */
export const hiddenMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (rule: Rule, kind = keyOf(node)): Mark[] => [
      { rule, line: lineOf(node), key: keyOf(node), kind: `${kind} in ${functionAround(node)}` },
    ]
    const module = moduleOf(node)
    if (module !== null) {
      if (PROCESSES.test(module)) return say('starts-process', module)
      return module === UNKNOWN || REMOTE.test(module) ? say('remote-code', module) : []
    }
    if (ts.isIdentifier(node) && isValue(node) && BY_NAME.test(nameOf(node)))
      return say(node.text === 'require' ? 'remote-code' : 'hidden-text', nameOf(node))
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
    if (SPAWNS.test(name)) return say('starts-process', name)
    if (EVALUATES.test(name) || /\.constructor\.constructor$|^(?:\(\))?\.constructor$/.test(name))
      return say('hidden-text', name)
    const [first] = node.arguments ?? []
    if (/^set(?:Timeout|Interval|Immediate)$/.test(name) && first && ts.isStringLiteralLike(first))
      return say('hidden-text')
    if (/^(?:importScripts|Worker|SharedWorker)$/.test(name)) return say('remote-code', name)
    const script = /\.createElement$/.test(name) && first && ts.isStringLiteralLike(first) && first.text === 'script'
    return script ? say('remote-code') : []
  })

const UNKNOWN = '\0'
const LOADS = /^(?:require|module\.require|createRequire\(\)|module\.createRequire\(\)|process\.getBuiltinModule)$/

/** The module a node loads: its name, `UNKNOWN` where that is put together at run time, null where it loads none. */
export function moduleOf(node: ts.Node): string | null {
  if (ts.isImportEqualsDeclaration(node)) {
    const { moduleReference } = node
    if (!ts.isExternalModuleReference(moduleReference)) return null
    return ts.isStringLiteralLike(moduleReference.expression) ? moduleReference.expression.text : UNKNOWN
  }
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
    return node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null
  if (!ts.isCallExpression(node)) return null
  const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || LOADS.test(nameOf(node.expression))
  if (!loads) return null
  const [first] = node.arguments
  return (first && foldedOf(first)) ?? UNKNOWN
}

/** Whether a name is handed on: given, set or returned, and neither called there nor asked for its type. */
export function isValue(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent)) return !!parent.arguments?.includes(node)
  if (ts.isBinaryExpression(parent)) return parent.right === node && isAssignment(parent)
  return ts.isReturnStatement(parent) || ts.isArrayLiteralExpression(parent) || ts.isArrowFunction(parent)
}

/** Names of things with letters outside a–z: they look like others. */
export const foreignMarks: Reader = (side) => {
  const names = side.nodes.filter((node): node is ts.Identifier => ts.isIdentifier(node) && FOREIGN.test(node.text))
  return [...new Map(names.map((node) => [node.text, node])).values()].map((node) => ({
    rule: 'hidden-text',
    line: lineOf(node),
    key: node.text,
    why: 'It names things with letters outside a–z.',
  }))
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
