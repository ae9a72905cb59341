import ts from 'typescript'
import { isAssignment } from './jsErrors.ts'
import type { Mark } from './mark.ts'
import type { Rule } from './rules.ts'
import type { Reader } from './side.ts'
import { keyOf, lineOf, nameOf } from './syntax.ts'

const BUILT_IN =
  'Array|Object|String|Number|Boolean|Function|Promise|Map|Set|WeakMap|Date|RegExp|Error|TypeError|JSON|Math|Reflect|Symbol|Buffer|URL|Request|Response|Headers|Iterator'
const JUDGES = /^(?:assert|expect|process|require|Module|module|describe|it|test|jest|vi)\./
const PATCHED = new RegExp(`^(?:${BUILT_IN})(?:\\.prototype)?(?:\\.|$)`)
/** What a test may put a stand-in for, and the app may not. */
const STAND_IN = /^(?:Date\.now|Math\.random|process\.env)\b|^(?:globalThis|window|global)\b/
const DEFINES =
  /^(?:Object\.(?:defineProperty|defineProperties|assign|setPrototypeOf)|Reflect\.(?:defineProperty|set|setPrototypeOf))$/
const EXITS = /^process\.(?:exit|abort|reallyExit|kill)$/
const REPORT = /(?:junit|tap|report|results?|coverage|lcov)[\w.-]*\.(?:xml|json|tap|txt|info|out)\b|(?:^|\/)coverage\//i
const TAP = /^(?:ok \d|not ok|# (?:pass|tests|fail)|TAP version|1\.\.\d|\s*(?:✓|✔|PASS)\s)/
const WRITES = /(?:^|\.)(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|write|log)$/

/** What reaches under the tests: a changed runtime, an ended run, a forged result. */
export const runtimeMarks: Reader = (side) =>
  side.nodes.flatMap((node) => {
    const say = (rule: Rule): Mark[] => [{ rule, line: lineOf(node), key: keyOf(node) }]
    if (ts.isBinaryExpression(node) && isAssignment(node)) {
      const [name, raw] = [nameOf(node.left), node.left.getText()]
      if (name === 'process.exitCode') return say('forges-report')
      if (name === 'Error.stackTraceLimit' || /^module\.exports|^process\.title/.test(name)) return []
      const stand = STAND_IN.test(name) || STAND_IN.test(raw)
      const patches =
        PATCHED.test(name) || JUDGES.test(name) || stand || /__proto__|\.prototype\.(?:then|toString)$/.test(name)
      return patches && !(side.test && stand) ? say('patches-runtime') : []
    }
    if (!ts.isCallExpression(node)) return []
    const name = nameOf(node.expression)
    const target = node.arguments[0] ? nameOf(node.arguments[0]) : ''
    if (
      DEFINES.test(name) &&
      (PATCHED.test(target) || JUDGES.test(`${target}.`) || /^(?:globalThis|window|global)$/.test(target))
    )
      return say('patches-runtime')
    if (EXITS.test(name)) return say('forges-report')
    const words = node.arguments.flatMap((argument) => (ts.isStringLiteralLike(argument) ? [argument.text] : []))
    if (/^process\.(?:on|once)$/.test(name) && /^(?:beforeE|e)xit$/.test(words[0] ?? '')) return say('forges-report')
    return WRITES.test(name) && words.some((word) => REPORT.test(word) || TAP.test(word)) ? say('forges-report') : []
  })

/** A comparison of today with a day that is written out. */
export const bombMarks: Reader = (side) =>
  side.nodes.flatMap((node): Mark[] => {
    if (!ts.isBinaryExpression(node) || !/^[<>]=?$|^[!=]==?$/.test(node.operatorToken.getText())) return []
    const [left, right] = [keyOf(node.left), keyOf(node.right)]
    const bomb = (NOW.test(left) && DAY.test(right)) || (NOW.test(right) && DAY.test(left))
    return bomb ? [{ rule: 'time-bomb', line: lineOf(node), key: keyOf(node) }] : []
  })

const NOW = /Date\.now\(\)|newDate\(\)|performance\.timeOrigin|newDate(?![(\w])/
/** A time in seconds or milliseconds, a year, or a date in words. */
const DAY =
  /^(?:\d[\d_]{8,}|1?\.?\d+e(?:9|1[0-2])|20\d\d|newDate\(['"`\d].*\)(?:\.getTime\(\))?|Date\.(?:parse|UTC)\(['"`\d].*\)|['"`]20\d\d-.*)$/
