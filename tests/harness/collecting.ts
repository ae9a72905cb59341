import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { TestCase, TestSelection } from '../../lib/domain/testRun.ts'
import type { Collected, Collector } from '../../lib/harness/tests/collector.ts'

/** A repository's copy in a fresh folder; removed after the test. */
export async function workspaceOf(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-collect-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
  }
  return folder
}

/** What the test harness does around one command, and nothing else of it. */
export async function collectFrom(
  collector: Collector,
  workspace: string,
  command: string,
  { only = null, coverage = false, before = '' }: { only?: TestSelection; coverage?: boolean; before?: string } = {},
): Promise<{ collected: Collected | null; exit: number | null; output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'ns-report-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const run = { folder, workspace, only, coverage }
  const added = await collector.prepare(run)
  const env = { HOME: folder, ...added, PATH: `${before && `${before}:`}${added.PATH}` } as Record<
    string,
    string
  > as NodeJS.ProcessEnv
  const child = spawn('/bin/sh', ['-c', `${command} 2>&1`], { cwd: workspace, env })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const exit = await new Promise<number | null>((done) => child.on('close', done))
  return { collected: await collector.collect(run, output), exit, output }
}

/** Tests by id with how they ended. */
export const states = (tests: TestCase[] = []): Record<string, TestCase['state']> =>
  Object.fromEntries(tests.map(({ id, state }) => [id, state]))

export const failureOf = (collected: Collected | null, id: string) =>
  collected?.tests.find((test) => test.id === id)?.failure

export const copyTree = (from: string, to: string) => cp(from, to, { recursive: true })
