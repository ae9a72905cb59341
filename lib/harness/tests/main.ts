import type { TestAnswer, TestTask } from '../../domain/testRun.ts'
import { readJson } from '../stdin.ts'
import { runOnce } from './runOnce.ts'
import { screen } from './screen.ts'
import { serve } from './services.ts'
import { spectrum } from './spectrum.ts'

/** `node lib/harness/tests/main.ts` in the workspace: a TestTask on stdin, a TestAnswer as the last line of stdout. */
async function answer(): Promise<TestAnswer> {
  const input = await readJson(process.stdin)
  if (!input.ok) return { kind: 'failed', why: input.why }
  const task = input.value as TestTask
  if (typeof task?.command !== 'string' || typeof task.wallMs !== 'number' || !Array.isArray(task.services))
    return { kind: 'failed', why: 'the task is not one this harness knows' }
  const workspace = process.cwd()
  const served = await serve(workspace, task.services)
  try {
    const whole = served.task(task)
    if (whole.kind === 'screen') return { kind: 'screen', results: await screen(workspace, whole, served.reset) }
    if (whole.kind === 'spectrum') return { kind: 'spectrum', runs: await spectrum(workspace, whole, served.reset) }
    return { kind: 'test', run: await runOnce(workspace, whole, whole.only, whole.coverage) }
  } finally {
    await served.stop()
  }
}

const told = await answer().catch(
  (error: unknown): TestAnswer => ({ kind: 'failed', why: error instanceof Error ? error.message : String(error) }),
)
process.stdout.write(`\n${JSON.stringify(told)}\n`, () => process.exit(0))
