import ts from 'typescript'
import { assignmentsOf, binderOf, declarationOf, namesIn } from './bindings.ts'
import type { Source } from './source.ts'
import { uncast, walk } from './syntax.ts'
import { isTest, short } from './typed.ts'
import type { Types } from './types.ts'

/** A call that gives a promise, found behind an expression. */
export interface Origin {
  call: ts.CallExpression
  /** The first property read from the promise on the way; null where the promise itself arrived. */
  property: string | null
  /** Why it is a promise, for a sentence. */
  says: string
}

export interface Traced {
  origins: Origin[]
  /** Variables the promise went through. */
  names: ts.Declaration[]
  /** Parameters it came in by, for a look at the callers. */
  parameters: { parameter: ts.ParameterDeclaration; property: string | null }[]
}

type Step = [value: ts.Expression, property: string | null]

/** Follows a value back through names, `??`, `||`, `?:`, casts, properties and destructuring. */
export function trace(types: Types, source: Source, value: ts.Expression): Traced {
  const traced: Traced = { origins: [], names: [], parameters: [] }
  const seen = new Set<ts.Node>()
  const steps: Step[] = [[value, null]]
  for (const [node, property] of steps) {
    const at = uncast(node)
    if (seen.has(at)) continue
    seen.add(at)
    if (ts.isCallExpression(at)) {
      const says = promiseOf(types, at)
      if (says) traced.origins.push({ call: at, property, says })
    } else if (ts.isIdentifier(at)) steps.push(...bound(source, at, property, traced))
    else steps.push(...parts(at, property))
  }
  return traced
}

/** The expressions one of which is the value, or the object it is a property of. */
function parts(at: ts.Expression, property: string | null): Step[] {
  if (ts.isPropertyAccessExpression(at)) return [[at.expression, at.name.text]]
  if (ts.isElementAccessExpression(at)) return [[at.expression, at.argumentExpression.getText()]]
  if (ts.isConditionalExpression(at)) {
    return [
      [at.whenTrue, property],
      [at.whenFalse, property],
    ]
  }
  if (!ts.isBinaryExpression(at)) return []
  const { kind } = at.operatorToken
  if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return [[at.right, property]]
  const either = kind === ts.SyntaxKind.QuestionQuestionToken || kind === ts.SyntaxKind.BarBarToken
  if (!either) return []
  return [
    [at.left, property],
    [at.right, property],
  ]
}

/** What a variable was given; a parameter is noted. */
function bound(source: Source, name: ts.Identifier, property: string | null, traced: Traced): Step[] {
  const declaration = declarationOf(source, name)
  const binder = declaration && binderOf(declaration)
  if (!declaration || !binder || declaration.getSourceFile() !== source.file) return []
  const taken = ts.isBindingElement(declaration) ? outermost(declaration) : property
  if (ts.isParameter(binder)) {
    traced.parameters.push({ parameter: binder, property: taken })
    return []
  }
  traced.names.push(declaration)
  const later = assignmentsOf(source, declaration).map((value): Step => [value, property])
  return binder.initializer ? [[binder.initializer, taken], ...later] : later
}

/** Of `{ a: { b } }` the property read first: a. */
function outermost(element: ts.BindingElement): string {
  let at = element
  while (ts.isBindingElement(at.parent.parent)) at = at.parent.parent
  return (at.propertyName ?? at.name).getText()
}

/** Why a call gives a promise: by its type, else by the `async` of what it calls; null when nothing says so. */
export function promiseOf(types: Types, call: ts.CallExpression): string | null {
  const type = types.checker.getTypeAtLocation(call)
  if (isPromise(types, type))
    return `${short(call.expression)}() gives a ${types.checker.typeToString(type).slice(0, 80)}`
  if (!(type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown))) return null
  const callee = uncast(call.expression)
  const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
  if (!ts.isIdentifier(name) || BUILT_IN.some(({ prototype }) => name.text in prototype)) return null
  if (types.checker.getResolvedSignature(call)?.declaration) return null
  const declared = functionsNamed(types, name.text)
  return declared.length > 0 && declared.every(isAsync)
    ? `every ${name.text} of the project is an async function`
    : null
}

const BUILT_IN = [Object, Array, String, Map, Set, Promise, Date, RegExp, Function]

export const isAsync = (fn: ts.Node): boolean =>
  ts.canHaveModifiers(fn) && (ts.getModifiers(fn)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) ?? false)

/** A promise, or one of several types of which one is. */
export function isPromise(types: Types, type: ts.Type): boolean {
  if (type.flags & ts.TypeFlags.Any) return false
  if (type.isUnion()) return type.types.some((part) => isPromise(types, part))
  const then = types.checker.getPropertyOfType(type, 'then')
  return then !== undefined && types.checker.getTypeOfSymbol(then).getCallSignatures().length > 0
}

function functionsNamed(types: Types, name: string): ts.Node[] {
  const found: ts.Node[] = []
  for (const file of types.program.getSourceFiles()) {
    const path = types.pathOf(file.fileName)
    if (path === null || isTest(path)) continue
    walk(file, (node) => {
      if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name?.getText() === name)
        found.push(node)
      const value = valueNamed(node, name)
      if (value && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))) found.push(value)
    })
  }
  return found
}

/** `const name = …`, `name: …`, `exports.name = …`. */
function valueNamed(node: ts.Node, name: string): ts.Expression | undefined {
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    return ts.isPropertyAccessExpression(node.left) && node.left.name.text === name ? node.right : undefined
  }
  const held = ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node) || ts.isPropertyDeclaration(node)
  return held && node.name.getText() === name ? node.initializer : undefined
}

/** The first use of a variable as the promise it holds: `await p`, `p.then(…)`, `Promise.all([p])`. */
export function usedAsPromise(source: Source, declarations: ts.Declaration[]): ts.Identifier | null {
  const uses = namesIn(source.file).filter((name) => {
    const { parent } = name
    const settles = ts.isPropertyAccessExpression(parent) && /^(?:then|catch|finally)$/.test(parent.name.text)
    return settles || ts.isAwaitExpression(parent) || isCombined(parent)
  })
  return uses.find((name) => declarations.some((one) => declarationOf(source, name) === one)) ?? null
}

const isCombined = (list: ts.Node): boolean =>
  ts.isArrayLiteralExpression(list) &&
  ts.isCallExpression(list.parent) &&
  /^Promise\.\w+$/.test(list.parent.expression.getText())
