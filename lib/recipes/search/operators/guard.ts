import ts from 'typescript'
import { indentAt, type Source } from '../../source.ts'
import { isFunction, leaves, walk } from '../../syntax.ts'
import { type Change, insert, type Operator } from '../operator.ts'
import { answersOf } from './answers.ts'

/** At most this many guards are proposed in front of one statement. */
const MOST = 10

/** A case nobody answers early: a guard other functions of the file have, or the plain one for a parameter. */
export const guard: Operator = {
  name: 'guard',
  prior: 0.22,
  signs: {
    'type-error': 3.5,
    'range-error': 2.5,
    'not-thrown': 3,
    nan: 1.5,
    timeout: 1.5,
    undefined: 1.1,
    kind: 1.2,
    nullish: 1.4,
  },
  changes(node, { source, facts }) {
    if (!ts.isBlock(node) || !isFunction(node.parent)) return []
    const first = node.statements[0]
    if (!first) return []
    const fn = node.parent
    const names = fn.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : []))
    const copied = guardsFor(source, fn, names).map((text) => ({ text, odds: 1.7 }))
    const plain = facts.signs.has('not-thrown') ? [] : plainGuards(source, fn, names)
    return [...copied, ...plain].slice(0, MOST).map(({ text, odds }): Change => {
      const indent = indentAt(source.text, first.getStart())
      return {
        swaps: [insert(first.getStart(), text + source.style.eol + indent)],
        summary: `Answers early: ${text.replace(/\s+/g, ' ').slice(0, 70)}`,
        odds,
      }
    })
  },
}

/** Guards of other functions in the file that speak of nothing but what this one is given as well. */
function guardsFor(source: Source, fn: ts.Node, names: string[]): string[] {
  const found = new Set<string>()
  walk(source.file, (node) => {
    if (!ts.isIfStatement(node) || node.elseStatement || !leaves(node.thenStatement)) return
    if (node.pos >= fn.pos && node.end <= fn.end) return
    const text = node.getText()
    const own = namesIn(node, source)
    if (text.length < 200 && own.length > 0 && own.every((name) => names.includes(name))) found.add(text)
  })
  return [...found]
}

/** Names that something in the file declares inside of a function: those a copy must find again. */
function namesIn(node: ts.Node, source: Source): string[] {
  const found = new Set<string>()
  walk(node, (at) => {
    if (!ts.isIdentifier(at) || (ts.isPropertyAccessExpression(at.parent) && at.parent.name === at)) return
    const declaration = source.checker.getSymbolAtLocation(at)?.declarations?.[0]
    const home = declaration && homeOf(declaration)
    if (home && !ts.isSourceFile(home)) found.add(at.text)
  })
  return [...found]
}

function homeOf(node: ts.Node): ts.Node {
  let at = node.parent
  while (at && !isFunction(at) && !ts.isSourceFile(at)) at = at.parent
  return at
}

/** `if (x == null) return …`, where the answer is one the function gives elsewhere, or nothing. */
function plainGuards(
  source: Source,
  fn: ts.FunctionLikeDeclaration,
  names: string[],
): { text: string; odds: number }[] {
  const answers = answersOf(fn, names)
  const end = source.style.semicolon
  return names
    .slice(0, 3)
    .flatMap((name, at) =>
      answers.flatMap(({ text, odds }) =>
        [`${name} == null`, `!${name}`, `${name}.length === 0`].map((condition, form) => ({
          text: `if (${condition}) return${text}${end}`,
          odds: odds * [0.8, 0.7, 0.3][form]! * (at === 0 ? 1 : 0.7) * (asks(fn, name) ? 0.4 : 1),
        })),
      ),
    )
    .sort((a, b) => b.odds - a.odds)
}

/** The function already asks about the parameter. */
function asks(fn: ts.FunctionLikeDeclaration, name: string): boolean {
  let found = false
  walk(fn, (node) => {
    if (
      ts.isIfStatement(node) &&
      new RegExp(`(?:^|[^\\w$.])${name.replace(/\$/g, '\\$')}\\b`).test(node.expression.getText())
    )
      found = true
  })
  return found
}
