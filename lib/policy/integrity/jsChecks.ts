import ts from 'typescript'
import type { Remark } from './mark.ts'
import { nameOf } from './names.ts'
import { RULES, type Rule } from './rules.ts'
import type { Comparer, Side } from './side.ts'
import { bare, functionAround, keyOf, lineOf, nodesOf } from './syntax.ts'

/** Names that mean rights and nothing else. */
const RIGHTS =
  /authori[sz]|authenticat|permission|^is(?:Admin|Owner|Allowed|Member)$|^require(?:User|Role|Login|Admin|Auth)|csrf|forbidden|^can(?:Access|Edit|View|Read|Write)|rateLimit|timingSafeEqual/i
/** Names that mean them among other things. `author` is none. */
const PERHAPS = /auth(?!or(?!i[sz]))|session|^verify|^jwt|signature|^role$/i

interface Check {
  line: number
  /** What is asked, as it is written. */
  key: string
  /** How many conditions it stands below: below one more it is asked less often. */
  depth: number
  /** For a name that may mean something else: that name, and the function it is asked in. */
  perhaps: string | null
}

/**
 * Conditions, calls and refusals that guard rights and are no longer there. Where a name may mean other things, a
 * guard that was only changed is for a person to see; one that is gone is not.
 */
export const checkChanges: Comparer = (before, after) => {
  const left = checksOf(after)
  const still = new Set(left.map(({ perhaps }) => perhaps))
  return checksOf(before).flatMap((was): Remark[] => {
    const at = left.findIndex(({ key, depth }) => key === was.key && depth <= was.depth)
    if (at !== -1) left.splice(at, 1)
    if (at !== -1) return []
    const rule: Rule = was.perhaps !== null && still.has(was.perhaps) ? 'changed-check' : 'removed-check'
    return [{ line: was.line, rule, why: RULES[rule].why }]
  })
}

function checksOf(side: Side): Check[] {
  return side.nodes.flatMap((node) => {
    const say = (at: ts.Node, key: string, word: string | null): Check => ({
      ...{ line: lineOf(at), key, depth: depthOf(node) },
      perhaps: word === null ? null : `${word.toLowerCase()} in ${functionAround(node)}`,
    })
    const condition = conditionOf(node)
    if (condition)
      // Each half of an `||` guards by itself: a guard may get stricter, and keeps what it had.
      return halvesOf(condition).flatMap((half) => {
        const names = nodesOf(half).flatMap((inner) => (ts.isIdentifier(inner) ? [inner.text] : []))
        const key = `if ${guardKey(half)}`
        if (names.some((name) => RIGHTS.test(name))) return [say(half, key, null)]
        const word = names.map((name) => PERHAPS.exec(name)?.[0]).find((hit) => hit !== undefined)
        return word === undefined ? [] : [say(half, key, word)]
      })
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const name = nameOf(node.expression).split('.').at(-1) ?? ''
      if (RIGHTS.test(name)) return [say(node, `call ${name}`, null)]
      const word = PERHAPS.exec(name)?.[0]
      return word === undefined ? [] : [say(node, `call ${name}`, word)]
    }
    return isRefusal(node) ? [say(node, node.getText(), '40x')] : []
  })
}

/** 401 and 403 as an answer that is given; in data, and compared with, they are numbers. */
const isRefusal = (node: ts.Node): boolean =>
  ts.isNumericLiteral(node) &&
  /^40[13]$/.test(node.text) &&
  (ts.isCallExpression(node.parent) ||
    ts.isNewExpression(node.parent) ||
    (ts.isPropertyAssignment(node.parent) && /^status(?:Code)?$/.test(node.parent.name.getText())))

function depthOf(node: ts.Node): number {
  let depth = 0
  for (let at = node; at.parent && !ts.isFunctionLike(at.parent); at = at.parent)
    if (ts.isIfStatement(at.parent) && at.parent.thenStatement === at) depth++
  return depth
}

function conditionOf(node: ts.Node): ts.Expression | null {
  if (ts.isIfStatement(node)) return node.expression
  return ts.isConditionalExpression(node) ? node.condition : null
}

/** `x && x.y` asks what `x?.y` asks. */
function guardKey(half: ts.Expression): string {
  const parts = partsOf(half, ts.SyntaxKind.AmpersandAmpersandToken).map(keyOf)
  return parts.filter((part, at) => !parts[at + 1]?.startsWith(`${part}.`)).join('&&')
}

const halvesOf = (condition: ts.Expression): ts.Expression[] => partsOf(condition, ts.SyntaxKind.BarBarToken)

function partsOf(condition: ts.Expression, operator: ts.SyntaxKind): ts.Expression[] {
  const value = bare(condition)
  if (ts.isBinaryExpression(value) && value.operatorToken.kind === operator)
    return [...partsOf(value.left, operator), ...partsOf(value.right, operator)]
  return [value]
}
