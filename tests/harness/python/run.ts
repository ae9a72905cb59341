import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { TestSelection } from '../../../lib/domain/testRun.ts'
import type { Collected } from '../../../lib/harness/tests/collector.ts'
import { python } from '../../../lib/harness/tests/python/collector.ts'

interface Options {
  only?: TestSelection
  coverage?: boolean
}

/** A repository of these files, with what its test command left for the collector. */
export async function collected(
  files: Record<string, string>,
  command: string,
  { only = null, coverage = false }: Options = {},
): Promise<{ collected: Collected | null; exit: number; output: string }> {
  const root = await mkdtemp(join(tmpdir(), 'ns-python-'))
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  const run = { folder: join(root, 'reports'), workspace: join(root, 'workspace'), only, coverage }
  await mkdir(run.folder)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(run.workspace, path)), { recursive: true })
    await writeFile(join(run.workspace, path), text)
  }
  const own = { PATH: '/usr/bin:/bin', HOME: root, LANG: 'C.UTF-8', ...(await python.prepare(run)) }
  const env = own as Record<string, string> as NodeJS.ProcessEnv
  const { exit, output } = await new Promise<{ exit: number; output: string }>((done) => {
    execFile('/bin/sh', ['-c', command], { env, cwd: run.workspace }, (error, out, err) =>
      done({ exit: Number(error?.code ?? 0), output: out + err }),
    )
  })
  return { collected: await python.collect(run, output), exit, output }
}

/** How each test ended, by id. */
export const states = (answer: Collected | null): Record<string, string> =>
  Object.fromEntries((answer?.tests ?? []).map(({ id, state }) => [id, state]))
