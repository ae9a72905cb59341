import ts from 'typescript'
import { binderOf, declarationOf, meaningAt } from './bindings.ts'
import type { Place } from './place.ts'
import type { Source } from './source.ts'
import { callOf, isFunction } from './syntax.ts'

/** What a name in a model guard is called at another place: the same declaration, or the parameter that plays its part. */
export function counterpart(source: Source, name: ts.Identifier, place: Place): string | null {
  const declaration = declarationOf(source, name)
  const there = meaningAt(source, name.text, insideOf(place))
  if (!declaration) return there === null ? name.text : null
  if (there === declaration && readable(declaration, place)) return name.text
  const binder = binderOf(declaration)
  if (!binder || !ts.isParameter(binder)) return null
  for (const fn of around(place.fn)) {
    const twin = twinOf(declaration, binder, fn)
    if (twin && meaningAt(source, twin, insideOf(place)) && (fn === place.fn || answersFromCallback(place.fn)))
      return twin
  }
  return null
}

const insideOf = (place: Place): ts.Node => place.beside

/** Declared before the guard would run; functions and imports always are. */
function readable(declaration: ts.Declaration, place: Place): boolean {
  const binder = binderOf(declaration)
  if (!binder || ts.isParameter(binder)) return reachable(binder, place)
  const limit = place.side === 'after' ? place.beside.end : place.beside.getStart()
  return binder.end <= limit || !functionsAround(binder).includes(place.fn)
}

/** A parameter of an outer function answers only from a callback whose own return value nobody reads. */
function reachable(binder: ts.ParameterDeclaration | null, place: Place): boolean {
  return !binder || binder.parent === place.fn || answersFromCallback(place.fn)
}

/** `req.on('end', () => …)`, `.then(() => …)`: leaving the callback ends the work. */
export function answersFromCallback(fn: ts.Node): boolean {
  const call = callOf(fn)
  return call !== null && /\.(?:on|once|then|addListener)$/.test(call.expression.getText())
}

function functionsAround(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = []
  for (let at = node.parent; at; at = at.parent) if (isFunction(at)) found.push(at)
  return found
}

const around = (fn: ts.FunctionLikeDeclaration): ts.FunctionLikeDeclaration[] => [
  fn,
  ...functionsAround(fn).filter((outer): outer is ts.FunctionLikeDeclaration => isFunction(outer)),
]

/** Same name; or same position among as many parameters, with the same type where types are written. */
function twinOf(
  declaration: ts.Declaration,
  binder: ts.ParameterDeclaration,
  fn: ts.FunctionLikeDeclaration,
): string | null {
  const index = binder.parent.parameters.indexOf(binder)
  if (!ts.isIdentifier(binder.name)) {
    const name = ts.isBindingElement(declaration) && ts.isIdentifier(declaration.name) ? declaration.name.text : null
    const other = fn.parameters[index]?.name
    const has =
      other && ts.isObjectBindingPattern(other) && other.elements.some((element) => element.name.getText() === name)
    return has ? name : null
  }
  const named = binder.name.text
  if (fn.parameters.some((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === named)) return named
  const twin = fn.parameters[index]
  if (!twin || !ts.isIdentifier(twin.name) || fn.parameters.length !== binder.parent.parameters.length) return null
  const alike = (twin.type?.getText() ?? '') === (binder.type?.getText() ?? '')
  return alike ? twin.name.text : null
}
