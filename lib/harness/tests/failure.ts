import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Spot } from '../../domain/repair.ts'
import type { TestFailure } from '../../domain/testRun.ts'
import { redactText } from '../../parse/redactText.ts'
import { parseFrame } from '../../parse/v8Stack.ts'
import { cutText, visible } from '../../parse/visible.ts'

const TEXT_MAX = 2000
const FRAMES_MAX = 20

/** An error as a runner handed it on. */
export interface RawFailure {
  type?: string | null
  message?: string | null
  expected?: string | null
  actual?: string | null
  stack?: string | null
}

/** Fit to leave the sandbox: redacted, cut, with the repository's own places of the stack alone. */
export function failureFrom({ type, message, expected, actual, stack }: RawFailure, workspace: string): TestFailure {
  const text = stack ?? ''
  return {
    type: cutText(visible(typeOf(type, text)), 100),
    message: short(message || firstOf(text)),
    expected: expected === null || expected === undefined ? null : short(expected),
    actual: actual === null || actual === undefined ? null : short(actual),
    frames: framesIn(text, workspace),
  }
}

const short = (text: string): string => cutText(redactText(text), TEXT_MAX)

/** `TypeError: x is not a function` names its type. */
const typeIn = (stack: string): string | null =>
  /^(?:\s*Error: )?([A-Z]\w{0,60}(?:Error|Exception)?)\b(?: \[[\w-]+\])?:/.exec(stack)?.[1] ?? null

/** A runner's own assertions throw a plain Error. */
function typeOf(type: string | null | undefined, stack: string): string {
  const found = type || typeIn(stack) || 'Failure'
  return found === 'Error' && /^(?:Error: )?expect\(/.test(stack) ? 'AssertionError' : found
}

/** What stands above the first place. */
function firstOf(stack: string): string {
  const lines = stack.split('\n')
  const end = lines.findIndex((line) => /^\s+at /.test(line))
  return (end < 0 ? lines : lines.slice(0, end))
    .join('\n')
    .replace(/^(?:[A-Z]\w*)?(?:Error|Exception)(?: \[[\w-]+\])?: /, '')
}

export function framesIn(stack: string, workspace: string): Spot[] {
  const spots: Spot[] = []
  for (const line of stack.split('\n', 300)) {
    const frame = line.length < 2000 ? parseFrame(line) : null
    const path = frame?.file ? inRepository(frame.file, workspace) : null
    if (!frame?.line || path === null) continue
    spots.push({ path, line: frame.line, column: frame.column, function: frame.function })
    if (spots.length === FRAMES_MAX) break
  }
  return spots
}

/** From the root of the repository; null for dependencies, the runtime's own and what lies outside. */
export function inRepository(file: string, workspace: string): string | null {
  const path = file.startsWith('file:') ? fromUrl(file) : file
  if (!path) return null
  const from = path.startsWith('/') ? relative(workspace, path) : path.replace(/^\.\//, '')
  const foreign = from === '' || from.startsWith('..') || /^[\w-]+:/.test(from) || /(?:^|\/)node_modules\//.test(from)
  return foreign ? null : from.replace(/[?#].*$/, '')
}

function fromUrl(url: string): string | null {
  try {
    return fileURLToPath(url.replace(/[?#].*$/, ''))
  } catch {
    return null
  }
}
