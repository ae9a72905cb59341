import ts from 'typescript'
import type { Proposal, RecipeInput } from '../domain/repair.ts'
import { catching } from './answer.ts'
import { declarationOf } from './bindings.ts'
import { answersFromCallback } from './counterpart.ts'
import { renamed } from './modules.ts'
import { parseHelperFor } from './parseHelper.ts'
import type { ParseSite } from './parseSite.ts'
import type { Parsing } from './parsing.ts'
import { lineOf, parseSource, type Source } from './source.ts'
import { replaced } from './swap.ts'
import { functionOf, walk } from './syntax.ts'
import type { Types } from './types.ts'

/** The parsing handed to the team's own helper, which throws what the app answers with 400; null where none fits. */
export function withHelper(
  input: RecipeInput,
  { source, call }: ParseSite,
  parsing: Parsing,
  thing: string[],
  types: () => Types,
): Proposal | null {
  const home = functionOf(call)
  // What is thrown inside a catch of the function, or in a callback, is answered by nobody.
  if (!home || answersFromCallback(home) || catching(call, home)) return null
  const helper = parseHelperFor(input, source, call, parsing)
  if (!helper) return null
  const { name, given, imported } = helper
  const from = awaitedFrom(call)
  if (helper.asynchronous && !isAsync(home)) return null
  const swaps = [
    { from: from.getStart(), to: from.end, text: `${helper.asynchronous ? 'await ' : ''}${name}(${given})` },
  ]
  if (imported) {
    if (declaredHere(source, name, imported.declaration)) return null
    swaps.push(renamed(imported, name, unusedAfter(source, call, given, imported.declaration)))
  }
  const text = replaced(source.text, 0, swaps)
  if ('why' in parseSource(source.path, text) || worse(types(), source.path, text)) return null
  const where = imported ? ` of ${imported.path}` : ''
  return {
    recipe: 'body-parsing',
    edits: [{ path: source.path, text }],
    summary: `Reads the ${thing.join(' ')} with ${name}()${where}, whose error is answered with 400.`,
    assumes: [
      `the caller decides what is read, and ${helper.throws}, which ${name}() throws, is answered with 400 for this request as well`,
    ],
    modelledOn: imported ? null : { path: source.path, line: lineOf(source.file, helper.node.getStart()) },
  }
}

function awaitedFrom(call: ts.Expression): ts.Expression {
  return ts.isAwaitExpression(call.parent) ? call.parent : call
}

const isAsync = (fn: ts.FunctionLikeDeclaration): boolean =>
  (ts.canHaveModifiers(fn) ? (ts.getModifiers(fn) ?? []) : []).some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)

/** The name means something else in this file. */
function declaredHere(source: Source, name: string, imports: ts.ImportDeclaration): boolean {
  let found = false
  walk(source.file, (node) => {
    if (!ts.isIdentifier(node) || node.text !== name) return
    const declaration = declarationOf(source, node)
    if (declaration && !(declaration.getStart() >= imports.getStart() && declaration.end <= imports.end)) found = true
  })
  return found
}

/** Imported names that only the parsing used. */
function unusedAfter(source: Source, call: ts.Expression, given: string, imports: ts.ImportDeclaration): Set<string> {
  const inside = new Set<string>()
  const outside = new Set<string>()
  walk(source.file, (node) => {
    if (!ts.isIdentifier(node) || (node.getStart() >= imports.getStart() && node.end <= imports.end)) return
    const within = node.getStart() >= call.getStart() && node.end <= call.end
    ;(within ? inside : outside).add(node.text)
  })
  return new Set(
    [...inside].filter((name) => !outside.has(name) && !new RegExp(`\\b${name.replace(/\$/g, '\\$')}\\b`).test(given)),
  )
}

/** The type checker says more of the file than before; JavaScript is not held to types nobody wrote. */
function worse(types: Types, path: string, text: string): boolean {
  if (!/\.[cm]?tsx?$/.test(path)) return false
  const count = (at: Types): number => at.service.getSemanticDiagnostics(at.nameOf(path)).length
  return count(types.with({ [path]: text })) > count(types)
}
