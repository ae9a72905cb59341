import type { HarnessResult } from '../domain/replay.ts'
import { minimise } from './minimise.ts'
import { replay } from './replay.ts'
import { readJson } from './stdin.ts'
import { taskOf } from './task.ts'

/** `node lib/harness/main.ts` in the workspace: a HarnessTask on stdin, a HarnessResult on stdout, exit 0 when it answered. */
async function answer(): Promise<HarnessResult> {
  const input = await readJson(process.stdin)
  if (!input.ok) return { kind: 'failed', stage: 'input', why: input.why, output: '' }
  const task = taskOf(input.value)
  if (!task) return { kind: 'failed', stage: 'input', why: 'the task is not one this harness knows', output: '' }
  return task.kind === 'replay' ? replay(task) : minimise(task)
}

const result = await answer()
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0))
