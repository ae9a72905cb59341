import type { TestCase, TestFailure, TestRun } from '../../lib/domain/testRun.ts'

export const failure = (more: Partial<TestFailure> = {}): TestFailure => ({
  ...{ type: 'AssertionError', message: 'it differs', expected: null, actual: null, frames: [] },
  ...more,
})

const one = (id: string, state: TestCase['state'], why: TestFailure | null): TestCase => ({
  ...{ id, file: 'test/a.test.js', titles: [id], state, ms: 1, failure: why },
})

export const failed = (id: string, more: Partial<TestFailure> = {}): TestCase => one(id, 'failed', failure(more))
export const passed = (id: string): TestCase => one(id, 'passed', null)
export const skipped = (id: string): TestCase => one(id, 'skipped', null)

export const run = (tests: TestCase[]): TestRun => ({
  ...{ runner: 'node-test', exit: tests.some(({ state }) => state === 'failed') ? 1 : 0, tests, coverage: null },
  ...{ output: '', ms: 10 },
})
