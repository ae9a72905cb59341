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

type Runs = Pick<Bench, 'sandbox' | 'dependencies' | 'command'>

/** The repository's own tests on these files, in a fresh sandbox. What comes back is checked for shape, then data. */
export async function runTests(bench: Runs, files: SandboxFile[], options?: RunOptions): Promise<Ran> {
  const ran = await tryTests(bench, files, options)
  if (!ran.run) throw new Fault('HARNESS_FAILED', ran.why)
  return ran
}

/** The same on files that are not as the repository has them: where they end the sandbox, that says something of them. */
export async function tryTests(
  bench: Runs,
  files: SandboxFile[],
  { only = null, coverage = false }: RunOptions = {},
): Promise<Ran | { run: null; why: string }> {
  const task: TestTask = { ...bench.command, kind: 'test', only, coverage }
  const { answer, egress } = await ask(bench, files, task, bench.command.wallMs)
  if (answer.kind === 'test') return { run: answer.run, egress }
  return { run: null, why: answer.kind === 'failed' ? answer.why : `It answered with ${answer.kind}.` }
}

/**
 * One task of the test harness. What runs beside it could print an answer of its own and end it: an answer counts only
 * where the harness itself came to its end.
 */
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
  const answer = run.exit === 0 ? answerIn(last) : null
  const why = `The sandbox ended (${run.end}, ${run.exit}): ${run.stderr.slice(-500) || last.slice(0, 200)}`
  return { answer: answer ?? { kind: 'failed', why }, egress: run.egress }
}

function answerIn(line: string): TestAnswer | null {
  try {
    const answer = JSON.parse(line) as TestAnswer
    return ['test', 'screen', 'spectrum', 'failed'].includes(answer.kind) ? answer : null
  } catch {
    return null
  }
}
