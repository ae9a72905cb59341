import type { Coverage, TestTask } from '../../domain/testRun.ts'
import { runOnce } from './runOnce.ts'

type Task = Extract<TestTask, { kind: 'spectrum' }>

/** What each test runs, one alone after the other, until the time is up: null where a run says nothing of lines. */
export async function spectrum(
  workspace: string,
  task: Task,
  reset: () => Promise<void>,
): Promise<(Coverage | null)[]> {
  const until = performance.now() + task.budgetMs
  const found: (Coverage | null)[] = []
  for (const test of task.tests) {
    if (found.length > 0 && performance.now() >= until) break
    await reset()
    const { coverage } = await runOnce(workspace, task, [test], true)
    found.push(coverage && Object.keys(coverage).length > 0 ? coverage : null)
  }
  return found
}
