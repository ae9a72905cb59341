import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { compilePrograms } from '../../lib/adapters/sandbox/programs.ts'

const LIB = resolve(import.meta.dirname, '../../lib')
/** Everything a file of ours loads, from itself on. */
function loadedBy(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  const names = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*?from '([^']+)'/gm)]
  return names.flatMap(([, name = '']) =>
    name.startsWith('.') ? loadedBy(resolve(dirname(file), name), seen) : [name],
  )
}

/** TypeScript's compiler is laid beside them; nothing else is. */
test.each([
  ...['harness/main', 'harness/repair', 'harness/search', 'harness/objections', 'harness/tests/main'],
  ...['harness/managers/main', 'adapters/sandbox/vercel/guest/supervise'],
])('%s needs no package where it runs', (program) => {
  const packages = loadedBy(join(LIB, `${program}.ts`)).filter((name) => !name.startsWith('node:'))
  expect(packages.filter((name) => name !== 'typescript')).toEqual([])
})

test('our programs are plain JavaScript that finds its parts, and what is none is as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'programs-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  await compilePrograms(LIB, folder)
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
