import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunnerName, TestCase } from '../../../domain/testRun.ts'
import type { Collecting } from '../collector.ts'
import { failureFrom, inRepository } from '../failure.ts'
import { named } from '../named.ts'
import { differenceIn } from './difference.ts'

interface Assertion {
  ancestorTitles?: string[]
  title?: string
  status?: string
  duration?: number | null
  failureMessages?: string[]
}
interface Suite {
  name?: string
  message?: string
  status?: string
  assertionResults?: Assertion[]
}

/** The JSON that jest writes, and vitest in the same shape. */
export async function jsonReports(run: Collecting): Promise<{ runner: RunnerName | null; tests: TestCase[] }> {
  const tests: TestCase[] = []
  let runner: RunnerName | null = null
  for (const name of (await readdir(run.folder)).sort()) {
    const [, which] = /^(jest|vitest)-\d+\.json$/.exec(name) ?? []
    if (!which) continue
    runner = which as 'jest' | 'vitest'
    for (const suite of await suitesIn(join(run.folder, name))) tests.push(...testsOf(suite, run.workspace))
  }
  return { runner, tests }
}

async function suitesIn(path: string): Promise<Suite[]> {
  try {
    const value = JSON.parse(await readFile(path, 'utf8')) as { testResults?: Suite[] }
    return Array.isArray(value.testResults) ? value.testResults : []
  } catch {
    return []
  }
}

function testsOf({ name, message, status, assertionResults = [] }: Suite, workspace: string): TestCase[] {
  const file = name ? inRepository(name, workspace) : null
  const tests = assertionResults.map((one): TestCase => {
    const state = one.status === 'passed' ? 'passed' : one.status === 'failed' ? 'failed' : 'skipped'
    const stack = one.failureMessages?.join('\n') ?? ''
    const titles = [...(one.ancestorTitles ?? []), one.title ?? ''].filter(Boolean)
    const failure = state === 'failed' ? failureFrom({ stack, ...differenceIn(stack) }, workspace) : null
    return { ...named(file, titles), state, ms: one.duration ?? null, failure }
  })
  // A file that could not be loaded has no tests, and is itself what failed.
  if (tests.length === 0 && status === 'failed')
    return [
      { ...named(file, []), state: 'failed', ms: null, failure: failureFrom({ stack: message ?? '' }, workspace) },
    ]
  return tests
}
