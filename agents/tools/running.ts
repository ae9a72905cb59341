import { z } from 'zod'
import type { TestRun } from '../../lib/domain/testRun.ts'
import { runTests } from '../repair/run.ts'
import type { Desk } from './desk.ts'
import { type Tool, tool } from './tool.ts'

const OUTPUT_MAX = 8000
const MOST_FAILURES = 5

export const runTest = (desk: Desk): Tool =>
  tool(
    'test',
    'Runs the tests of one file, or one test of it by its titles ([] for all of the file).',
    z.strictObject({ file: z.string(), titles: z.array(z.string()).max(10) }),
    async ({ file, titles }) => {
      const { run } = await runTests(desk, desk.files, { only: [{ file, titles }] })
      return told(run)
    },
  )

export const command = (desk: Desk): Tool =>
  tool(
    'run',
    'Runs a shell command on a throw-away copy of the repository, without network. What it changes is gone afterwards.',
    z.strictObject({ command: z.string().min(1).max(2000) }),
    async ({ command }) => {
      const run = await desk.sandbox.run({
        ...{ files: desk.files, dependencies: desk.dependencies, env: desk.command.env },
        argv: ['sh', '-c', `PATH="$PWD/node_modules/.bin:$PATH"; ${command}`],
        limits: { wallMs: 60_000, outputBytes: 256 * 1024 },
      })
      const end = run.end === 'exited' ? `exit ${run.exit}` : run.end
      return `${end}\n${tail(run.stdout)}${run.stderr ? `\n--- stderr\n${tail(run.stderr)}` : ''}`
    },
  )

const tail = (text: string): string =>
  text.length > OUTPUT_MAX ? `[${text.length - OUTPUT_MAX} characters before] …${text.slice(-OUTPUT_MAX)}` : text

/** A run in words: what ran, what failed and why. */
export function told(run: TestRun): string {
  const failed = run.tests.filter(({ state }) => state === 'failed')
  const passed = run.tests.filter(({ state }) => state === 'passed').length
  const rows = failed.slice(0, MOST_FAILURES).map(({ id, failure }) => {
    const frames = failure?.frames.slice(0, 5).map((at) => `  at ${at.path}:${at.line} ${at.function ?? ''}`) ?? []
    const values = [
      failure?.expected && `  expected: ${failure.expected}`,
      failure?.actual && `  actual: ${failure.actual}`,
    ]
    return [`FAILED ${id}`, `  ${failure?.type ?? ''}: ${failure?.message ?? ''}`, ...values, ...frames]
      .filter(Boolean)
      .join('\n')
  })
  const more = failed.length > MOST_FAILURES ? [`and ${failed.length - MOST_FAILURES} more failed`] : []
  return [`${passed} passed, ${failed.length} failed (exit ${run.exit})`, ...rows, ...more].join('\n')
}
