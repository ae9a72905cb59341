import ts from 'typescript'
import type { RecipeInput } from '../domain/repair.ts'
import { answeredWith400 } from './answered.ts'
import { declarationOf, namesIn } from './bindings.ts'
import { type Imported, importedBy } from './modules.ts'
import type { Parsing } from './parsing.ts'
import { parseSource, type Source } from './source.ts'
import { bare, isFunction, uncast } from './syntax.ts'

/** A helper of this team that parses the same text and throws what the app answers with 400. */
export interface ParseHelper {
  name: string
  /** What it is given here. */
  given: string
  asynchronous: boolean
  /** The class it throws. */
  throws: string
  /** Null where it stands in the same file. */
  imported: Imported | null
  /** 1-based line in its own file. */
  node: ts.Node
}

export function parseHelperFor(
  input: RecipeInput,
  source: Source,
  call: ts.Expression,
  parsing: Parsing,
): ParseHelper | null {
  const own = helpersIn(source, parsing).map((helper) => ({ ...helper, imported: null, home: source }))
  const others = importedBy(source, input.files).flatMap((imported) => {
    const home = parseSource(imported.path, input.files[imported.path] ?? '')
    if ('why' in home) return []
    return helpersIn(home, parsing)
      .filter(({ fn }) => isExported(fn))
      .map((helper) => ({ ...helper, imported, home }))
  })
  for (const { name, fn, made, throws, imported, home } of [...own, ...others]) {
    if (call.getStart() >= fn.getStart() && call.end <= fn.end && home === source) continue
    const given = givenFor(made, call, fn.parameters[0]!.name.getText())
    if (given === null || !sameNames(source, home, made, fn, imported)) continue
    if (!answeredWith400(input.files, throws)) continue
    return { name, given, asynchronous: isAsync(fn), throws, imported, node: fn }
  }
  return null
}

interface Candidate {
  name: string
  fn: ts.FunctionDeclaration
  /** The expression that parses. */
  made: ts.Expression
  throws: string
}

/** `function parse(text) { try { return JSON.parse(text) } catch { throw new BadRequest('…') } }`, and nothing more. */
function helpersIn(source: Source, parsing: Parsing): Candidate[] {
  return source.file.statements.flatMap((fn) => {
    if (!ts.isFunctionDeclaration(fn) || !fn.name || !fn.body || fn.parameters.length !== 1) return []
    const [attempt, ...rest] = fn.body.statements
    if (!attempt || rest.length > 0 || !ts.isTryStatement(attempt) || attempt.finallyBlock) return []
    const [only, ...more] = attempt.tryBlock.statements
    if (!only || more.length > 0 || !ts.isReturnStatement(only) || !only.expression) return []
    const made = uncast(bare(only.expression))
    const throws = thrownBy(attempt.catchClause)
    return parsing.fits(made) && throws ? [{ name: fn.name.text, fn, made, throws }] : []
  })
}

function thrownBy(clause: ts.CatchClause | undefined): string | null {
  const last = clause?.block.statements.at(-1)
  if (!last || !ts.isThrowStatement(last) || !ts.isNewExpression(last.expression)) return null
  return ts.isIdentifier(last.expression.expression) ? last.expression.expression.text : null
}

const modifiersOf = (fn: ts.FunctionDeclaration): ts.SyntaxKind[] => (ts.getModifiers(fn) ?? []).map(({ kind }) => kind)
const isExported = (fn: ts.FunctionDeclaration): boolean =>
  modifiersOf(fn).includes(ts.SyntaxKind.ExportKeyword) && !modifiersOf(fn).includes(ts.SyntaxKind.DefaultKeyword)
const isAsync = (fn: ts.FunctionDeclaration): boolean => modifiersOf(fn).includes(ts.SyntaxKind.AsyncKeyword)

/** What stands here where the helper has its parameter; null when the two differ in anything else. */
function givenFor(pattern: ts.Node, here: ts.Node, parameter: string): string | null {
  let given: string | null = null
  const match = (a: ts.Node, b: ts.Node): boolean => {
    const left = ts.isExpression(a) ? uncast(a) : a
    const right = ts.isExpression(b) ? uncast(b) : b
    if (ts.isIdentifier(left) && left.text === parameter) {
      const text = right.getText()
      if (given !== null && given !== text) return false
      given = text
      return true
    }
    const [ours, theirs] = [left.getChildren(), right.getChildren()]
    if (left.kind !== right.kind || ours.length !== theirs.length) return false
    if (ours.length === 0) return left.getText() === right.getText()
    return ours.every((child, at) => match(child, theirs[at]!))
  }
  return match(pattern, here) ? given : null
}

/** Every other name the helper's expression uses means the same here. */
function sameNames(source: Source, home: Source, made: ts.Expression, fn: ts.Node, imported: Imported | null): boolean {
  return namesIn(made).every((name) => {
    const declaration = declarationOf(home, name)
    if (!declaration || (isFunction(fn) && ts.isParameter(declaration))) return true
    if (!imported) return home === source
    return ts.isFunctionDeclaration(declaration) && imported.names.some((each) => each.getText() === name.text)
  })
}
