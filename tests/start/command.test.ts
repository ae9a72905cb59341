import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { baseEnv, exactly } from '../../cli/env.ts'
import { standInCheckout } from './standIn.ts'

let checkout: { root: string; remove(): Promise<void> }

/** A checkout with three tests in two projects. */
beforeAll(async () => {
  checkout = await standInCheckout()
  const project = (name: string) => `{ test: { name: '${name}', include: ['tests/${name}/*.test.ts'] } }`
  await write('vitest.config.ts', `export default { test: { projects: [${project('one')}, ${project('two')}] } }`)
  await write('tests/one/good.test.ts', `import { it } from 'vitest'; it('a', () => {}); it('b', () => {})`)
  await write('tests/two/bad.test.ts', `import { it } from 'vitest'; it('c', () => { throw new Error('no') })`)
  await write('tests/two/lost.test.ts', `import 'nowhere-to-be-found'`)
})
afterAll(() => checkout.remove())

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(checkout.root, path, '..'), { recursive: true })
  await writeFile(join(checkout.root, path), text)
}

function test(...argv: string[]): Promise<{ status: number; last: string | undefined }> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [join(checkout.root, 'cli/test.ts'), ...argv],
      { env: exactly(baseEnv()) },
      (error, out) => done({ status: Number(error?.code ?? 0), last: out.trimEnd().split('\n').at(-1) }),
    )
  })
}

it('ends with the sum over all projects, and fails where a test or a file did', async () => {
  expect(await test()).toEqual({ status: 1, last: '2 passed, 2 failed' })
})

it('succeeds where all passed, and runs what is named', async () => {
  expect(await test('--project', 'one')).toEqual({ status: 0, last: '2 passed, 0 failed' })
})

it('does not succeed where nothing ran', async () => {
  expect((await test('tests/nothing')).status).toBe(1)
  expect(await test('--project', 'one', '-t', 'no such test')).toEqual({
    status: 1,
    last: '0 passed, 0 failed, 2 not run',
  })
})

it('does not succeed where vitest itself broke', async () => {
  expect(await test('--config', 'absent.config.ts')).toEqual({ status: 1, last: '0 passed, 1 failed' })
})
