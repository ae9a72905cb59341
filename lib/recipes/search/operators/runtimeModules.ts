import ts from 'typescript'
import type { importsOf } from '../../imports.ts'
import { walk } from '../../syntax.ts'

/** Modules of the runtime that programs use; the others print warnings when they are only looked at. */
const MODULES =
  'assert async_hooks buffer child_process crypto diagnostics_channel dns events fs fs/promises http http2 https net os path perf_hooks querystring readline stream stream/promises string_decoder timers timers/promises tls url util vm worker_threads zlib'.split(
    ' ',
  )

/** Modules of the runtime that have everything a file takes from the one it imports now, written as that one is. */
export function fittingModules(file: ts.SourceFile, taken: ReturnType<typeof importsOf>, now: string): string[] {
  const wanted = new Set(taken.flatMap(({ element, name, local }) => (element ? [name] : membersOf(file, local))))
  if (wanted.size === 0) return []
  const prefix = now.startsWith('node:') ? 'node:' : ''
  return MODULES.filter((module) => {
    const has = Object(process.getBuiltinModule(module))
    return [...wanted].every((name) => name in has)
  }).map((module) => prefix + module)
}

/** `b` of every `a.b` in the file. */
function membersOf(file: ts.SourceFile, local: string): string[] {
  const found: string[] = []
  walk(file, (node) => {
    if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return
    if (node.expression.text === local) found.push(node.name.text)
  })
  return found
}
