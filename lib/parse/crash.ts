import type { Crash } from '../domain/crash.ts'
import type { Failure } from '../domain/event.ts'
import type { TestFailure } from '../domain/testRun.ts'
import { functionName, normalMessage } from './fingerprint.ts'
import { redactSource } from './redactText.ts'

type Texts = Record<string, string>

/** A failing test's crash: its innermost place in the repository, the test itself included. */
export function crashOfTest({ type, message, frames }: TestFailure, texts: Texts): Crash {
  const [at] = frames
  const line = at && linesOf(texts, at.path)[at.line - 1]
  return {
    ...{ type: bare(type), path: at?.path ?? null, function: lastName(at?.function ?? null) },
    ...{ statement: line === undefined ? null : folded(line), message: normalMessage(message) },
  }
}

/**
 * An event's crash: the innermost of its places that lies in these files. Its line counts by its text alone, and only
 * where that still stands in the file: between the commit that ran and this one, lines move.
 */
export function crashOfEvent({ type, message, frames }: Failure, texts: Texts): Crash {
  const at = frames.find(({ path, line }) => path !== null && line !== null && Object.hasOwn(texts, path))
  const path = at?.path ?? null
  const statement = at?.context ? folded(at.context) : ''
  const stands = path !== null && statement !== '' && linesOf(texts, path).some((line) => folded(line) === statement)
  return {
    ...{ type: bare(type), path, function: lastName(at?.function ?? null) },
    ...{ statement: stands ? statement : null, message: normalMessage(message) },
  }
}

/** `java.lang.IllegalStateException` and `*errors.errorString` by their last part. */
const bare = (type: string): string => type.split(/[.:*]+/).at(-1) ?? type

/** Some runtimes name the class or the package in front, others do not. */
const lastName = (name: string | null): string => functionName(name).split('.').at(-1) ?? ''

const linesOf = (texts: Texts, path: string): string[] =>
  Object.hasOwn(texts, path) ? (texts[path] ?? '').split('\n') : []

const folded = (line: string): string => redactSource(line.replace(/\s+/g, ' ').trim())
