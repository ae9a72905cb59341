import ts from 'typescript'
import { isValue, moduleOf } from './jsHidden.ts'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Rule } from './rules.ts'
import type { Reader } from './side.ts'
import { isAssignment, keyOf, lineOf } from './syntax.ts'

const OUTBOUND =
  /^(?:fetch|got|ky|needle|superagent|axios|undici\.\w+|(?:axios|got|ky|superagent|needle)\.\w+|navigator\.sendBeacon|https?\.(?:get|request)|(?:net|tls|dgram|dns|http2)\.\w+|WebSocket|EventSource|XMLHttpRequest|RTCPeerConnection|Image)$/
const NETWORK = /^(?:node:)?(?:net|tls|dgram|dns|dns\/promises|http|https|http2|undici)$/
const ENVIRONMENT = /^(?:process|import\.meta|Deno|Bun)\.env\b(?:\.\w+)?/
const FILES = /^(?:node:)?fs(?:\/promises)?$|^(?:fs-extra|graceful-fs)$/
const OWN = /^(?:\.|\/|@\/|~\/|#|\$|node:)/
/** Modules of the runtime that are written without `node:`; they come with it. */
const BUILT_IN =
  /^(?:assert|buffer|crypto|events|http|https|http2|net|tls|dns|dgram|os|path|querystring|stream|string_decoder|timers|tty|url|util|zlib|fs|child_process|vm|worker_threads|cluster|module|v8|perf_hooks|async_hooks|readline|process|console)(?:\/|$)/
const HTML = /(?:^|\.)(?:innerHTML|outerHTML|srcdoc)$/
const COOKIE =
  /^(?:httpOnly|secure|csrf|csrfProtection|contentSecurityPolicy|xssFilter|hsts|sanitize|escape|autoescape)[:=](?:false|!1)$/i
const OPEN = /^(?:sameSite:['"`]none['"`]|origin:(?:['"`]\*['"`]|true)|algorithms?:.*['"`]none['"`].*|shell:true)$/i
const WORDS = /^access-control-allow-origin$|row level security|^bypass ?rls$|service_role/i

/** What an honest repair may do and a person should see: calls to the outside, the environment, files, packages. */
export const reachMarks: Reader = (side) => {
  if (side.test) return []
  const asked = new Set<string>()
  return side.nodes.flatMap((node) => {
    const rule = ruleOf(node)
    const mark = (r: Rule, key = keyOf(node)): Mark => ({ rule: r, line: lineOf(node), key })
    if (rule === 'environment') {
      // A variable is read or not, however often.
      const variable = ENVIRONMENT.exec(nameOf(node))?.[0] ?? 'env'
      if (asked.has(variable)) return []
      asked.add(variable)
      return [mark(rule, variable)]
    }
    return rule ? [mark(rule, rule === 'dependency' ? (moduleOf(node) ?? '') : undefined)] : []
  })
}

function ruleOf(node: ts.Node): Rule | null {
  const module = moduleOf(node)
  if (module !== null) {
    if (NETWORK.test(module)) return 'outbound'
    if (FILES.test(module)) return 'files'
    const typeOnly = ts.isImportDeclaration(node) && node.importClause?.isTypeOnly
    return OWN.test(module) || BUILT_IN.test(module) || typeOnly ? null : 'dependency'
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    const name = nameOf(node.expression)
    if (OUTBOUND.test(name)) return 'outbound'
    return /(?:^|\.)(?:insertAdjacentHTML|document\.write(?:ln)?)$/.test(name) ? 'weaker-security' : null
  }
  // `const send = fetch`, `retry(fetch, url)`: the name by itself, where it is a value.
  if (ts.isIdentifier(node)) return nameOf(node) === 'fetch' && isValue(node) ? 'outbound' : null
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return ENVIRONMENT.test(nameOf(node)) &&
      !ENVIRONMENT.test(ts.isCallExpression(node.parent) ? '' : nameOf(node.parent))
      ? 'environment'
      : null
  if (ts.isVariableDeclaration(node)) return takesEnvironment(node) ? 'environment' : null
  return weakens(node) ? 'weaker-security' : null
}

/** `const { env } = process`. */
const takesEnvironment = (node: ts.VariableDeclaration): boolean =>
  !!node.initializer &&
  nameOf(node.initializer) === 'process' &&
  ts.isObjectBindingPattern(node.name) &&
  /\benv\b/.test(node.name.getText())

function weakens(node: ts.Node): boolean {
  if (ts.isJsxAttribute(node)) return node.name.getText() === 'dangerouslySetInnerHTML'
  if (ts.isPropertyAssignment(node))
    return node.name.getText() === 'dangerouslySetInnerHTML' || COOKIE.test(keyOf(node)) || OPEN.test(keyOf(node))
  if (ts.isBinaryExpression(node)) return isAssignment(node) && HTML.test(nameOf(node.left))
  return ts.isStringLiteralLike(node) && WORDS.test(node.text)
}
