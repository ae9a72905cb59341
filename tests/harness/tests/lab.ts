import type { TestAnswer, TestRun, TestTask } from '../../../lib/domain/testRun.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { file } from '../../sandbox/lab.ts'

/** Runs the test harness on a few files, as a repair does. */
export async function ask(
  sandbox: Sandbox,
  files: Record<string, string>,
  task: Partial<TestTask>,
  dependencies: string | null = null,
): Promise<TestAnswer> {
  const whole = {
    kind: 'test',
    command: 'npm test',
    env: {},
    services: [],
    wallMs: 60_000,
    only: null,
    coverage: false,
    ...task,
  }
  const run = await sandbox.run({
    files: Object.entries(files).map(([path, text]) => file(path, text, text.startsWith('#!'))),
    ...{ dependencies, argv: ['node', '/nightshift/lib/harness/tests/main.js'], stdin: JSON.stringify(whole) },
    services: whole.services as 'postgres'[],
    limits: { wallMs: 120_000, processes: 512, memoryBytes: 4 * 1024 ** 3, outputBytes: 8 * 1024 ** 2 },
  })
  return JSON.parse(run.stdout.trimEnd().split('\n').at(-1) ?? '') as TestAnswer
}

export async function runOf(...asked: Parameters<typeof ask>): Promise<TestRun> {
  const answer = await ask(...asked)
  if (answer.kind !== 'test') throw new Error(JSON.stringify(answer))
  return answer.run
}

/** `passed` and so on by id. */
export const states = ({ tests }: TestRun): Record<string, string> =>
  Object.fromEntries(tests.map(({ id, state }) => [id, state]))

export const packageJson = (test: string, more: object = {}): string =>
  JSON.stringify({ name: 'lists', version: '1.0.0', scripts: { test }, ...more })

export const SOURCE = `function range(from, to) {
  const list = []
  for (let i = from; i < to; i++) list.push(i)
  return list
}

function last(list) {
  return list[list.length]
}

function unused() {
  return 1
}

module.exports = { range, last, unused }
`
