import type { Spot } from '../../../domain/repair.ts'
import type { TestCase, TestFailure } from '../../../domain/testRun.ts'

/** One line of a report of our Python package. Test code shares that process, so a line may be anything. */
export type Line =
  | { kind: 'runner'; runner: 'pytest' | 'unittest' }
  | { kind: 'start'; file: string | null; titles: string[] }
  | {
      kind: 'test'
      file: string | null
      titles: string[]
      state: TestCase['state']
      ms: number | null
      failure: TestFailure | null
    }

const FRAMES_MAX = 20

/** The line read; null for one that is cut off or not of our making. */
export function lineOf(text: string): Line | null {
  const value = parsed(text)
  if (!isObject(value)) return null
  if (value.kind === 'runner') {
    return value.runner === 'pytest' || value.runner === 'unittest' ? { kind: 'runner', runner: value.runner } : null
  }
  const { kind, titles } = value
  if ((kind !== 'start' && kind !== 'test') || !isTitles(titles)) return null
  const file = typeof value.file === 'string' ? value.file : null
  if (kind === 'start') return { kind, file, titles }
  const { state } = value
  if (state !== 'passed' && state !== 'failed' && state !== 'skipped') return null
  const ms = typeof value.ms === 'number' ? value.ms : null
  return { kind, file, titles, state, ms, failure: state === 'failed' ? failureOf(value.failure) : null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isTitles = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((title) => typeof title === 'string')

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function failureOf(value: unknown): TestFailure {
  const { type, message, expected, actual, frames } = isObject(value) ? value : {}
  return {
    type: textOf(type) ?? 'Failure',
    message: textOf(message) ?? '',
    expected: textOf(expected),
    actual: textOf(actual),
    frames: Array.isArray(frames) ? frames.flatMap(spotOf).slice(0, FRAMES_MAX) : [],
  }
}

function spotOf(value: unknown): Spot[] {
  if (!isObject(value) || typeof value.path !== 'string' || !Number.isInteger(value.line)) return []
  const column = Number.isInteger(value.column) ? Number(value.column) : null
  return [{ path: value.path, line: Number(value.line), column, function: textOf(value.function) }]
}
