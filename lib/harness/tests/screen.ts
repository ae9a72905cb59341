import { readFile, writeFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import type { Screened, TestTask } from '../../domain/testRun.ts'
import { runOnce } from './runOnce.ts'

/** One candidate after the other on the same copy; each file is put back as it was before the next. */
export async function screen(
  workspace: string,
  task: Extract<TestTask, { kind: 'screen' }>,
): Promise<(Screened | null)[]> {
  const results: (Screened | null)[] = []
  const until = performance.now() + task.budgetMs
  let green = 0
  for (const candidate of task.candidates) {
    if (green >= task.enough || performance.now() >= until) {
      results.push(null)
      continue
    }
    const undo = await apply(workspace, candidate)
    try {
      const { tests, ms } = await runOnce(workspace, task, task.only, false)
      const passed = tests.filter(({ state }) => state === 'passed').map(({ id }) => id)
      const failed = tests.filter(({ state }) => state === 'failed').map(({ id }) => id)
      if (failed.length === 0 && passed.length > 0) green += 1
      results.push({ passed, failed, ms })
    } finally {
      await undo()
    }
  }
  return results
}

async function apply(workspace: string, candidate: Record<string, string>): Promise<() => Promise<void>> {
  const before = new Map<string, Buffer>()
  for (const [path, text] of Object.entries(candidate)) {
    const target = join(workspace, normalize(path))
    if (!target.startsWith(`${workspace}/`)) throw new Error(`${path} leaves the workspace`)
    before.set(target, await readFile(target))
    await writeFile(target, text)
  }
  return async () => {
    for (const [target, bytes] of before) await writeFile(target, bytes)
  }
}
