import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Coverage, TestCase, TestCommand, TestRun, TestSelection } from '../../domain/testRun.ts'
import { redactText } from '../../parse/redactText.ts'
import { visible } from '../../parse/visible.ts'
import { COLLECTORS } from './all.ts'
import type { Collecting } from './collector.ts'
import { environment } from './environment.ts'
import { execute } from './execute.ts'
import { failedBeside, fallback } from './fallback.ts'
import { isSelected } from './named.ts'
import { commandLine } from './script.ts'

const OUTPUT_MAX = 20_000
const TESTS_MAX = 20_000

/** The command once, with every family of runners watched; what none of them saw is told by its exit status. */
export async function runOnce(
  workspace: string,
  task: TestCommand,
  only: TestSelection,
  coverage: boolean,
): Promise<TestRun> {
  const folder = await mkdtemp(join(tmpdir(), 'run-'))
  try {
    const run: Collecting = { folder, workspace, only, coverage }
    const env = environment(task.env)
    for (const collector of COLLECTORS) Object.assign(env, joined(env, await collector.prepare(run)))
    const { exit, output, ms } = await execute(
      await commandLine(workspace, task.command, only !== null),
      workspace,
      env,
      task.wallMs,
    )
    const seen = []
    for (const collector of COLLECTORS) {
      const found = await collector.collect(run, output)
      if (found) seen.push(found)
    }
    const tests = distinct(seen.flatMap((one) => one.tests))
    const [first] = seen.sort((a, b) => b.tests.length - a.tests.length)
    const told = tests.length > 0 ? { runner: first!.runner, tests } : fallback(exit, output, workspace)
    const shown = told.tests.filter(isSelected(only))
    return {
      ...{ runner: told.runner, tests: [...shown, ...failedBeside(shown, only, exit, output, workspace)], exit, ms },
      coverage: coverage ? seen.reduce<Coverage>((all, one) => Object.assign(all, one.coverage), {}) : null,
      output: redactText(visible(output.slice(-OUTPUT_MAX))).slice(-OUTPUT_MAX),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Paths of several collectors stand one behind the other. */
function joined(env: Record<string, string>, more: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(more).map(([name, value]) => [name, name === 'PATH' && env.PATH ? `${value}:${env.PATH}` : value]),
  )
}

/** Two tests of one name are told apart by their order. */
function distinct(tests: TestCase[]): TestCase[] {
  const counts = new Map<string, number>()
  return tests.slice(0, TESTS_MAX).map((test) => {
    const count = (counts.get(test.id) ?? 0) + 1
    counts.set(test.id, count)
    return count === 1 ? test : { ...test, id: `${test.id} (${count})` }
  })
}
