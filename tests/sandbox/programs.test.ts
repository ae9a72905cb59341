import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { compilePrograms } from '../../lib/adapters/sandbox/programs.ts'

test('our programs are plain JavaScript that finds its parts, and what is none is as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await compilePrograms(resolve(import.meta.dirname, '../../lib'), folder)
  const names = (await readdir(folder, { recursive: true })).map(String)
  expect(names.filter((name) => name.endsWith('.ts'))).toEqual([])
  const kept = ['harness/tests/preload/start.cjs', 'recipes/python/main.py', 'adapters/sandbox/vercel/guest/box.sh']
  expect(names).toEqual(expect.arrayContaining(['harness/tests/main.js', ...kept]))
  const asked = promisify(execFile)(process.execPath, [join(folder, 'harness/tests/main.js')], {
    env: {} as NodeJS.ProcessEnv,
  })
  asked.child.stdin!.end('{}')
  expect((await asked).stdout).toContain('the task is not one this harness knows')
})
