import ts from 'typescript'
import type { RecipeInput } from '../domain/repair.ts'
import { type Access, findAccess } from './access.ts'
import { binderOf, declarationOf } from './bindings.ts'
import { callerOf } from './calls.ts'
import { climb } from './climb.ts'
import type { Nullish } from './crash.ts'
import { lineOf, type Source } from './source.ts'
import { functionOf, isFunction, mayLeave, siblings, uncast } from './syntax.ts'

/**
 * A helper that was handed nothing: the value is missing where it is called, and there stands the request's answer.
 * Null where the helper does not always need it, or the stack does not show the call.
 */
export function passedOn(input: RecipeInput, source: Source, said: Nullish): { source: Source; access: Access } | null {
  const need = needOf(input, source, said)
  if (!need) return null
  const caller = callerOf(input, source, need.parameter.parent, need.index)
  if (!caller) return null
  return { source: caller.source, access: { node: caller.call, object: caller.value, property: need.property } }
}

interface Need {
  parameter: ts.ParameterDeclaration & { parent: ts.FunctionLikeDeclaration }
  index: number
  property: string | null
}

function needOf(input: RecipeInput, source: Source, said: Nullish): Need | null {
  const access = findAccess(source, input.crash, said)
  if ('why' in access) return said.kind === 'destructure' ? patternOf(source, input.crash.line) : null
  const object = uncast(access.object)
  const declaration = ts.isIdentifier(object) ? declarationOf(source, object) : null
  const binder = declaration && binderOf(declaration)
  if (!binder || binder !== declaration || !ts.isParameter(binder)) return null
  const fn = functionOf(access.node)
  if (!fn || fn !== binder.parent || !always(source, access.node, fn)) return null
  return needed(binder, access.property)
}

/** `function show({ id })`: the parameter is taken apart whatever happens. */
function patternOf(source: Source, line: number): Need | null {
  const found: ts.ParameterDeclaration[] = []
  const visit = (node: ts.Node): void => {
    const pattern = ts.isParameter(node) && ts.isObjectBindingPattern(node.name) ? node.name : null
    if (pattern && !(node as ts.ParameterDeclaration).initializer && lineOf(source.file, pattern.getStart()) === line) {
      found.push(node as ts.ParameterDeclaration)
    }
    ts.forEachChild(node, visit)
  }
  visit(source.file)
  const [only, ...more] = found
  if (!only || more.length > 0 || !ts.isObjectBindingPattern(only.name)) return null
  const first = only.name.elements[0]
  return needed(only, first ? (first.propertyName ?? first.name).getText() : null)
}

function needed(parameter: ts.ParameterDeclaration, property: string | null): Need | null {
  const fn = parameter.parent
  if (!isFunction(fn)) return null
  return { parameter: parameter as Need['parameter'], index: fn.parameters.indexOf(parameter), property }
}

/** Every call of the function comes by the read. */
function always(source: Source, node: ts.Node, fn: ts.FunctionLikeDeclaration): boolean {
  const climbed = climb(source, node, fn)
  if ('why' in climbed || climbed.assumes.length > 0) return false
  if (climbed.form === 'concise') return true
  const list = siblings(climbed.statement)
  if (!list || climbed.statement.parent !== fn.body) return false
  return !list.slice(0, list.indexOf(climbed.statement as ts.Statement)).some(mayLeave)
}
