import type { Spot } from '../domain/repair.ts'
import type { TestFailure } from '../domain/testRun.ts'
import { redactText } from './redactText.ts'
import { cutText } from './visible.ts'

const TEXT_MAX = 2000
const TYPE_MAX = 200
const FRAMES_MAX = 20

/** A failure as it may be kept: redacted, and none of its parts longer than the domain says. */
export function boundedFailure(failure: Partial<Omit<TestFailure, 'frames'>> & { frames?: Spot[] }): TestFailure {
  const bounded = (text: string | null | undefined) =>
    text === null || text === undefined ? null : cutText(redactText(text.slice(0, 8 * TEXT_MAX)), TEXT_MAX)
  return {
    type: cutText(redactText(failure.type?.slice(0, TYPE_MAX) || 'Failure'), TYPE_MAX),
    message: bounded(failure.message) ?? '',
    expected: bounded(failure.expected),
    actual: bounded(failure.actual),
    frames: (failure.frames ?? []).slice(0, FRAMES_MAX),
  }
}
