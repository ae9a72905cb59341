import type { SandboxFile } from '../../lib/domain/sandbox.ts'
import type { TestAnswer, TestRun, TestSelection, TestTask } from '../../lib/domain/testRun.ts'
import { Fault } from '../../lib/errors.ts'
import type { Bench } from '../tools/desk.ts'

const PROGRAM = ['node', '/nightshift/lib/harness/tests/main.js']
/** What the harness itself may take on top of the command. */
const SPARE_MS = 30_000
/** Runners start a process or a thread for every core and file, and compilers want memory. */
const ROOM = { memoryBytes: 4 * 1024 ** 3, processes: 512, outputBytes: 8 * 1024 ** 2 }

export interface RunOptions {
  only?: TestSelection
  coverage?: boolean
}

export interface Ran {
  run: TestRun
  /** Attempts to reach another host. */
  egress: number
}

/** The repository's own tests on these files, in a fresh sandbox. What comes back is checked for shape, then data. */
export async function runTests(
  bench: Pick<Bench, 'sandbox' | 'dependencies' | 'command'>,
  files: SandboxFile[],
  { only = null, coverage = false }: RunOptions = {},
): Promise<Ran> {
  const { answer, egress } = await ask(
    bench,
    files,
    { ...bench.command, kind: 'test', only, coverage },
    bench.command.wallMs,
  )
  if (answer.kind !== 'test') throw new Fault('HARNESS_FAILED', answer.kind === 'failed' ? answer.why : '')
  return { run: answer.run, egress }
}

/** One task of the test harness. */
export async function ask(
  { sandbox, dependencies }: Pick<Bench, 'sandbox' | 'dependencies'>,
  files: SandboxFile[],
  task: TestTask,
  wallMs: number,
): Promise<{ answer: TestAnswer; egress: number }> {
  const run = await sandbox.run({
    ...{ files, dependencies, argv: PROGRAM, stdin: JSON.stringify(task), services: task.services },
    limits: { ...ROOM, wallMs: wallMs + SPARE_MS, cpuSeconds: Math.ceil((wallMs + SPARE_MS) / 500) },
  })
  const last = run.stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    const answer = JSON.parse(last) as TestAnswer
    if (['test', 'screen', 'spectrum', 'failed'].includes(answer.kind)) return { answer, egress: run.egress }
  } catch {}
  throw new Fault('HARNESS_FAILED', `It ${run.end} (${run.exit}): ${run.stderr.slice(-500) || last.slice(0, 200)}`)
}
