import ts from 'typescript'
import { declarationOf, namesIn } from './bindings.ts'
import { flush } from './guardText.ts'
import { isFree, runsEarlier } from './hoist.ts'
import type { Place } from './place.ts'
import { indentAt, type Source } from './source.ts'
import { replaced, type Swap } from './swap.ts'
import { functionOf, uncast, walk } from './syntax.ts'
import { camel } from './wording.ts'

/** A `try` around one expression, with its answer in the `catch`; lines carry no indentation of their own. */
export interface Attempt {
  /** Lines that stand before the failing statement, or for the whole of it. */
  lines(catching: string[]): string[]
  /** The failing statement stays, with this put in for the expression; null where the lines stand for all of it. */
  swap: Swap | null
}

/** How the expression can be tried without changing what is run when, and what names hold. */
export function attemptOf(
  source: Source,
  call: ts.Expression,
  place: Place,
  thing: string[],
): Attempt | { why: string } {
  const { unit, semicolon } = source.style
  const tried = (before: string[], inside: string, catching: string[]): string[] => [
    ...before,
    'try {',
    ...inside.split('\n').map((line, at) => (at > 0 && inside.includes('`') ? line : unit + line)),
    ...catching,
  ]
  const whole = outermost(call)
  const statement = place.beside
  const text = (node: ts.Node): string => flush(node.getText(), indentAt(source.text, statement.getStart()))
  if (sole(statement, whole)) {
    const own = place.form === 'concise' ? `return ${text(statement)}${semicolon}` : text(statement)
    return { lines: (catching) => tried([], own, catching), swap: null }
  }
  const declared = place.form === 'listed' ? declaring(source, statement, whole) : null
  if (declared) {
    const type = declared.type ? `: ${text(declared.type)}` : ''
    const keyword = ts.isVariableStatement(statement) && statement.getText().startsWith('var') ? 'var' : 'let'
    const before = [`${keyword} ${declared.name.text}${type}${semicolon}`]
    const inside = `${declared.name.text} = ${text(declared.initializer)}${semicolon}`
    return { lines: (catching) => tried(before, inside, catching), swap: null }
  }
  if (runsEarlier(statement, call)) return { why: 'something else in the statement runs before the parsing' }
  if (namesIn(call).some((name) => within(declarationOf(source, name), statement))) {
    return { why: 'what is parsed is declared in the same statement' }
  }
  const names = [thing, ['parsed', ...thing], ['sent', ...thing], ['parsed']].map(camel)
  const name = names.find((free) => isFree(source, free, place))
  if (!name) return { why: 'no free name for what is parsed' }
  const { from, inner } = awaited(call)
  return {
    lines: (catching) => tried([`let ${name}${semicolon}`], `${name} = ${text(inner)}${semicolon}`, catching),
    swap: { from: from.getStart(), to: from.end, text: name },
  }
}

/** The expression with the casts, parentheses and `await` around it. */
function outermost(call: ts.Expression): ts.Expression {
  let at: ts.Expression = call
  while (isExpression(at.parent) && (ts.isAwaitExpression(at.parent) || uncast(at.parent) === uncast(at)))
    at = at.parent
  return at
}

const isExpression = (node: ts.Node): node is ts.Expression => ts.isExpression(node)

/** The awaited call, and the parentheses that hold no more than it. */
function awaited(call: ts.Expression): { from: ts.Expression; inner: ts.Expression } {
  let inner: ts.Expression = call
  let from: ts.Expression = call
  for (let at = call.parent; ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at); at = at.parent) {
    if (ts.isAwaitExpression(at)) inner = at
    from = at
  }
  return { from, inner }
}

/** The statement is the parsing: returned, assigned to a name that is there, or done for its failure alone. */
function sole(statement: ts.Node, whole: ts.Expression): boolean {
  if (statement === whole) return true
  if (ts.isReturnStatement(statement)) return statement.expression === whole
  if (!ts.isExpressionStatement(statement)) return false
  const { expression: at } = statement
  if (at === whole) return true
  if (!ts.isBinaryExpression(at) || at.right !== whole) return false
  return at.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isIdentifier(at.left)
}

interface Declaring extends ts.VariableDeclaration {
  name: ts.Identifier
  initializer: ts.Expression
}

/** `const answers = JSON.parse(…)`, whose name no inner function holds: those would lose what its type was narrowed to. */
function declaring(source: Source, statement: ts.Node, whole: ts.Expression): Declaring | null {
  if (!ts.isVariableStatement(statement) || statement.declarationList.declarations.length !== 1) return null
  const declaration = statement.declarationList.declarations[0]!
  if (declaration.initializer !== whole || !ts.isIdentifier(declaration.name)) return null
  const home = functionOf(statement)
  let held = false
  walk(source.file, (node) => {
    if (!ts.isIdentifier(node) || node === declaration.name || functionOf(node) === home) return
    if (declarationOf(source, node) === declaration) held = true
  })
  return held ? null : (declaration as Declaring)
}

function within(declaration: ts.Declaration | null, node: ts.Node): boolean {
  return !!declaration && declaration.getStart() >= node.getStart() && declaration.end <= node.end
}

/** The file with the attempt in it. */
export function attempted(
  source: Source,
  place: Place,
  attempt: Attempt,
  catching: string[],
): string | { why: string } {
  const { text, style } = source
  const { beside, form } = place
  const join = (lines: string[], by: string): string =>
    lines.map((line) => (line === '' ? '' : by + line).replace(/\n/g, style.eol)).join(style.eol)
  const lines = attempt.lines(catching)
  const from = beside.getStart()
  const indent = indentAt(text, from)
  if (form === 'listed') {
    const before = join(lines, indent).slice(indent.length)
    if (!attempt.swap) return replaced(text, 0, [{ from, to: beside.end, text: before }])
    return replaced(text, 0, [{ from, to: from, text: before + style.eol + indent }, attempt.swap])
  }
  const base = indentAt(text, form === 'lone' ? beside.parent.getStart() : place.fn.getStart())
  const kept = form === 'concise' && ts.isParenthesizedExpression(beside) ? beside.expression : beside
  if (kept.getText().includes('`') && kept.getText().includes('\n'))
    return { why: 'a text of several lines would be moved' }
  const own = flush(replaced(kept.getText(), kept.getStart(), attempt.swap ? [attempt.swap] : []), indent)
  const rest = attempt.swap ? (form === 'concise' ? `return ${own}${style.semicolon}` : own).split(/\r?\n/) : []
  const block = join([...lines, ...rest], base + style.unit)
  return replaced(text, 0, [{ from, to: beside.end, text: `{${style.eol}${block}${style.eol}${base}}` }])
}
