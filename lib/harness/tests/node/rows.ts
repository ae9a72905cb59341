import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunnerName, TestCase } from '../../../domain/testRun.ts'
import type { Collecting } from '../collector.ts'
import { failureFrom, inRepository, type RawFailure } from '../failure.ts'
import { named } from '../named.ts'

const RUNNERS = ['node-test', 'mocha', 'jasmine', 'tap'] as const
const STATES = ['passed', 'failed', 'skipped'] as const

/** What our reporters wrote; test code shares their processes, so a line may be anything. */
export async function rowsIn(run: Collecting): Promise<{ runner: RunnerName | null; tests: TestCase[] }> {
  const tests: TestCase[] = []
  let runner: RunnerName | null = null
  for (const name of (await readdir(run.folder)).sort()) {
    if (!/^node-\d+-\d+\.jsonl$/.test(name)) continue
    for (const line of (await readFile(join(run.folder, name), 'utf8')).split('\n')) {
      const row = objectIn(line)
      if (!row) continue
      if (row.kind === 'runner') runner ??= RUNNERS.find((one) => one === row.runner) ?? null
      const test = row.kind === 'test' ? testOf(row, run.workspace) : null
      if (test) tests.push(test)
    }
  }
  return { runner, tests }
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

function testOf(row: Record<string, unknown>, workspace: string): TestCase | null {
  const state = STATES.find((one) => one === row.state)
  const titles = Array.isArray(row.titles) ? row.titles.filter((one) => typeof one === 'string' && one !== '') : null
  if (!state || !titles) return null
  const file = typeof row.file === 'string' ? inRepository(row.file, workspace) : null
  return {
    ...{ ...named(file, titles), state, ms: typeof row.ms === 'number' ? row.ms : null },
    failure: state === 'failed' ? failureFrom((row.error ?? {}) as RawFailure, workspace) : null,
  }
}
