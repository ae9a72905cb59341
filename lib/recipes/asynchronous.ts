import ts from 'typescript'
import { calledByNext, isAwaited, takesPromise } from './acceptance.ts'
import { isAsync } from './promises.ts'
import type { Swap } from './swap.ts'
import { callOf, uncast } from './syntax.ts'
import { short } from './typed.ts'
import type { Types } from './types.ts'

/** A function that may wait, and what had to change for it. */
export interface Asynchronous {
  swaps: Swap[]
  assumes: string[]
  /** Files that use the function. */
  users: string[]
}

type Refusal = { why: string }
type Files = Record<string, string>

/** Lets a function wait: it is async, or may become so because everybody it answers to waits. */
export function asynchronous(types: Types, files: Files, fn: ts.FunctionLikeDeclaration): Asynchronous | Refusal {
  if ('asteriskToken' in fn && fn.asteriskToken) return { why: 'a generator cannot wait' }
  if (isAsync(fn)) return { swaps: [], assumes: [], users: [] }
  if (ts.isConstructorDeclaration(fn) || ts.isAccessor(fn)) return { why: 'a constructor or an accessor cannot wait' }
  const type = 'type' in fn ? fn.type : undefined
  if (type && !/^Promise\b/.test(type.getText()))
    return { why: `it is declared to return ${short(type)}, not a promise` }
  const heard = waitedFor(types, files, fn)
  if ('why' in heard) return heard
  const at = startOf(fn)
  return { swaps: [{ from: at, to: at, text: 'async ' }], assumes: heard.assumes, users: heard.users }
}

/** Who waits for the promise a function gives, or would give; a refusal names somebody who does not. */
export function waitedFor(
  types: Types,
  files: Files,
  fn: ts.FunctionLikeDeclaration,
): { assumes: string[]; users: string[] } | Refusal {
  const path = types.pathOf(fn.getSourceFile().fileName) ?? ''
  const call = callOf(fn)
  if (call) {
    const index = call.arguments.findIndex((argument) => uncast(argument) === fn)
    const takes = takesPromise(types, files, call, index)
    return takes
      ? { assumes: [takes], users: [] }
      : { why: `nothing shows that ${short(call.expression)}() waits for its callback` }
  }
  const name = nameOf(fn)
  const next = calledByNext(path, fn, name?.getText() ?? null)
  if (next) return { assumes: [next], users: [] }
  if (!name) return { why: 'the function has no name to find its callers by' }
  return byCallers(types, files, name)
}

function byCallers(types: Types, files: Files, name: ts.Node): { assumes: string[]; users: string[] } | Refusal {
  const assumes = new Set<string>()
  const users = new Set<string>()
  let heard = 0
  for (const use of usesOf(types, name)) {
    const { parent } = use.node
    users.add(use.path)
    if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)) continue
    if (ts.isExportAssignment(parent)) continue
    heard += 1
    const callee = ts.isPropertyAccessExpression(parent) && parent.name === use.node ? parent : use.node
    const outer = callee.parent
    if (ts.isCallExpression(outer) && outer.expression === callee) {
      if (!isAwaited(outer)) return { why: `${use.path} calls ${name.getText()}() without waiting` }
      assumes.add(`every call of ${name.getText()}() in the files given waits for it`)
      continue
    }
    const index = ts.isCallExpression(outer) ? outer.arguments.indexOf(callee as ts.Expression) : -1
    const takes = ts.isCallExpression(outer) && index >= 0 ? takesPromise(types, files, outer, index) : null
    if (!takes) return { why: `nothing shows that ${use.path} waits for ${name.getText()}, which it hands on` }
    assumes.add(takes)
  }
  if (heard === 0) return { why: `nobody in the files given calls ${name.getText()}` }
  return { assumes: [...assumes], users: [...users] }
}

/** Where a name is used, its declaration left out. */
export function usesOf(types: Types, name: ts.Node): { path: string; node: ts.Node }[] {
  const { fileName } = name.getSourceFile()
  const found = types.service.findReferences(fileName, name.getStart()) ?? []
  return found.flatMap(({ references }) =>
    references.flatMap(({ fileName: at, textSpan, isDefinition }) => {
      const path = types.pathOf(at)
      const file = path === null ? null : types.file(path)
      const node = file && nodeAt(file, textSpan.start)
      const declares = at === fileName && textSpan.start === name.getStart()
      return path !== null && node && !declares && !(isDefinition && !ts.isCallExpression(node.parent))
        ? [{ path, node }]
        : []
    }),
  )
}

function nodeAt(file: ts.SourceFile, at: number): ts.Node | null {
  let found: ts.Node | null = null
  const visit = (node: ts.Node): void => {
    if (node.getStart() > at || node.end <= at) return
    found = node
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** The name a function is called by: its own, its variable's or its property's. */
export function nameOf(fn: ts.Node): ts.Node | null {
  if ('name' in fn && fn.name) return fn.name as ts.Node
  const { parent } = fn
  const held = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)
  return held ? parent.name : null
}

/** Behind `export`, `static` and the like, in front of everything else. */
function startOf(fn: ts.FunctionLikeDeclaration): number {
  const modifiers = ts.canHaveModifiers(fn) ? (ts.getModifiers(fn) ?? []) : []
  const last = modifiers.at(-1)
  if (!last) return fn.getStart()
  const after = fn.getSourceFile().text.slice(last.end)
  return last.end + (/^\s*/.exec(after)?.[0].length ?? 0)
}
