import ts from 'typescript'
import type { Mark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Rule } from './rules.ts'
import { declarationOf, declaredValue } from './scopes.ts'
import type { Reader } from './side.ts'
import { bare, foldedOf, functionAround, isAssignment, keyOf, lineOf } from './syntax.ts'

const BUILT_IN =
  'Array|Object|String|Number|Boolean|Function|Promise|Map|Set|WeakMap|Date|RegExp|Error|TypeError|JSON|Math|Reflect|Symbol|Buffer|URL|Request|Response|Headers|Iterator|Intl|performance|crypto'
const JUDGES = /^(?:assert|expect|process|require|Module|module|describe|it|test|jest|vi)\./
const PATCHED = new RegExp(`^(?:${BUILT_IN})(?:\\.prototype)?(?:\\.|$)`)
/** What a test may put a stand-in for, and the app may not. */
const STAND_IN = /^(?:Date\.now|Math\.random|process\.env)\b/
/** Globals everything else stands on; any other one is a program's own. */
const GLOBAL = new RegExp(
  `^(?:${BUILT_IN}|fetch|(?:set|clear)(?:Timeout|Interval|Immediate)|queueMicrotask|structuredClone|console|process|require|expect|describe|it|test)$`,
)
const DEFINES =
  /^(?:Object\.(?:defineProperty|defineProperties|assign|setPrototypeOf)|Reflect\.(?:defineProperty|set|setPrototypeOf))$/
const EXITS = /^process\.(?:exit|abort|reallyExit|kill)$/
const REPORT = /(?:junit|tap|report|results?|coverage|lcov)[\w.-]*\.(?:xml|json|tap|txt|info|out)\b|(?:^|\/)coverage\//i
const TAP = /^(?:ok \d?|not ok|# (?:pass|tests|fail)|TAP version|1\.\.\d|\s*(?:✓|✔|PASS)\s)/
const WRITES = /(?:^|\.)(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream)$/
const PRINTS = /(?:^|\.)(?:write|log)$/

/** What reaches under the tests: a changed runtime, an ended run, a forged result. */
export const runtimeMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (rule: Rule, kind: string): Mark[] => [
      { rule, line: lineOf(node), key: keyOf(node), kind: `${kind} in ${functionAround(node)}` },
    ]
    const target = targetOf(node)
    if (target) {
      const name = patchedName(target)
      // An end that is bad hides nothing.
      if (name === 'process.exitCode')
        return ts.isBinaryExpression(node) && isBad(node.right) ? [] : say('forges-report', name)
      return name !== null && !(side.test && isStandIn(target, name)) ? say('patches-runtime', name) : []
    }
    if (!ts.isCallExpression(node)) return []
    const name = nameOf(node.expression)
    const [first] = node.arguments
    const whose = first && !isOwn(first) ? nameOf(first) : ''
    const under = PATCHED.test(whose) || JUDGES.test(`${whose}.`) || /^(?:globalThis|window|global)$/.test(whose)
    if (DEFINES.test(name) && under) return say('patches-runtime', whose)
    if (EXITS.test(name)) return name === 'process.exit' && first && isBad(first) ? [] : say('forges-report', name)
    const words = node.arguments.map(beginningOf)
    const forged =
      (WRITES.test(name) && words.some((word) => REPORT.test(word))) ||
      (PRINTS.test(name) && words.some((w) => TAP.test(w)))
    return forged ? say('forges-report', name) : []
  })

/** What is set or taken away; null where nothing is. */
function targetOf(node: ts.Node): ts.Expression | null {
  if (ts.isBinaryExpression(node)) return isAssignment(node) ? node.left : null
  return ts.isDeleteExpression(node) && !/^process\.env\b/.test(nameOf(node.expression)) ? node.expression : null
}

/** The name under which a target is part of what everything runs on; null where it is the program's own. */
function patchedName(target: ts.Expression): string | null {
  const root = rootOf(target)
  if (isOwn(target)) return null
  // `P[Symbol.iterator]`: whatever the key is, it is a part of P.
  const value = bare(target)
  const computed = ts.isElementAccessExpression(value) && foldedOf(value.argumentExpression) === null
  const name = computed ? `${nameOf(value.expression)}.` : nameOf(value)
  if (name === 'Error.stackTraceLimit' || /^module\.exports|^process\.title/.test(name)) return null
  if (ts.isIdentifier(value) || isGlobalObject(root)) {
    const global = ts.isIdentifier(value) ? value.text : name.split('.')[0]
    return global && (GLOBAL.test(global) || (ts.isIdentifier(value) ? false : JUDGES.test(`${name}.`))) ? name : null
  }
  const patched =
    PATCHED.test(name) ||
    JUDGES.test(name) ||
    STAND_IN.test(name) ||
    /__proto__|\.prototype\.(?:then|toString)$/.test(name)
  return patched ? name : null
}

/** Whether a name stands for something of this file: a parameter, a function, a class, a value that is no builtin. */
function isOwn(target: ts.Expression): boolean {
  const root = rootOf(target)
  const declaration = ts.isIdentifier(root) ? declarationOf(root) : null
  if (!declaration || !ts.isIdentifier(root)) return false
  // To set a variable changes that variable alone, whatever it held.
  if (root === bare(target)) return true
  if (ts.isParameter(declaration) || ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration))
    return true
  const value = declaredValue(root)
  return !!value && nameOf(root) === root.text && !/^(?:require\(\)|module)$/.test(nameOf(rootOf(value)))
}

function rootOf(node: ts.Expression): ts.Expression {
  let at = bare(node)
  while (ts.isPropertyAccessExpression(at) || ts.isElementAccessExpression(at)) at = bare(at.expression)
  return at
}

const isGlobalObject = (root: ts.Expression): boolean => /^(?:globalThis|window|global)$/.test(root.getText())

const isStandIn = (target: ts.Expression, name: string): boolean =>
  STAND_IN.test(name) || isGlobalObject(rootOf(target))

const isBad = (code: ts.Expression): boolean => {
  const value = bare(code)
  return ts.isNumericLiteral(value) && value.text !== '0'
}

/** What a text begins with, as far as it is written out. */
function beginningOf(node: ts.Expression): string {
  if (ts.isTemplateExpression(node)) return node.head.text
  return ts.isStringLiteralLike(node) ? node.text : ''
}

/** A comparison of today with a day that is written out. */
export const bombMarks: Reader = (side) =>
  side.nodes.flatMap((node): Mark[] => {
    if (!ts.isBinaryExpression(node) || !/^[<>]=?$|^[!=]==?$/.test(node.operatorToken.getText())) return []
    const [left, right] = [meantBy(node.left), meantBy(node.right)]
    return isBomb(left, right) || isBomb(right, left)
      ? [{ rule: 'time-bomb', line: lineOf(node), key: keyOf(node) }]
      : []
  })

/** A value as it was declared, so that a name for it hides nothing. */
const meantBy = (node: ts.Expression): string => {
  const value = bare(node)
  return keyOf((ts.isIdentifier(value) && declaredValue(value)) || value)
}

const isBomb = (now: string, day: string): boolean =>
  NOW.test(now) && (DAY.test(day) || (/Year/.test(now) && /^20\d\d$/.test(day)))

const NOW = /Date\.now\(\)|newDate\(\)|performance\.timeOrigin|newDate(?![(\w])/
/** A time in seconds or milliseconds, or a date in words. */
const DAY =
  /^(?:\d[\d_]{8,}|1?\.?\d+e(?:9|1[0-2])|newDate\(['"`\d].*\)(?:\.getTime\(\))?|Date\.(?:parse|UTC)\(['"`\d].*\)|['"`]20\d\d-.*)$/
