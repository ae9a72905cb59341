import { access, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { newParts } from '../../cli/parts.ts'
import { build, isBuilt, sourceHash } from '../../cli/stack/build.ts'

const NEXT = 'node_modules/next/dist/bin/next'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'ns-build-'))
  await write('app/page.tsx', 'one')
  await write('lib/deep/down/fact.ts', 'fact')
  await write('package-lock.json', '{}')
  await write('next.config.mjs', 'export default {}')
  await write(NEXT, `require('node:fs').mkdirSync('.next', { recursive: true }); console.log('built')`)
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(root, path, '..'), { recursive: true })
  await writeFile(join(root, path), text)
}
const make = () =>
  build(
    root,
    join(root, 'logs'),
    newParts(() => undefined),
  )

it('is built after a build, and not before', async () => {
  expect(await isBuilt(root)).toBe(false)
  await make()
  expect(await isBuilt(root)).toBe(true)
})

it.each([
  ['a page', 'app/page.tsx'],
  ['a file far down', 'lib/deep/down/fact.ts'],
  ['a new component', 'components/new.tsx'],
  ['the lock', 'package-lock.json'],
  ['the settings', 'next.config.mjs'],
  ['the start of the server', 'instrumentation.ts'],
])('is not built any more when %s has changed', async (_, path) => {
  await make()
  await write(path, 'other')
  expect(await isBuilt(root)).toBe(false)
})

it.each([
  ['a test', 'tests/a.test.ts'],
  ['a page of the manual', 'docs/a.md'],
  ['what the build itself rewrites', 'tsconfig.json'],
])('stays built when %s has changed', async (_, path) => {
  await make()
  await write(path, 'other')
  expect(await isBuilt(root)).toBe(true)
})

it('looks at contents, not at times, and sees a file move', async () => {
  const before = await sourceHash(root)
  await utimes(join(root, 'app/page.tsx'), 0, 0)
  expect(await sourceHash(root)).toBe(before)
  await rm(join(root, 'app/page.tsx'))
  await write('app/other.tsx', 'one')
  expect(await sourceHash(root)).not.toBe(before)
})

it('shows what a failing build said, and does not take it for done', async () => {
  await write(NEXT, `console.error('a type is wrong'); process.exit(1)`)
  await expect(make()).rejects.toThrow(/next build ended with 1\..*a type is wrong/s)
  expect(await isBuilt(root)).toBe(false)
})

it('does not take a build for done that was interrupted', async () => {
  await write(NEXT, `require('node:fs').writeFileSync('begun', ''); setInterval(() => {}, 1000)`)
  const parts = newParts(() => undefined)
  const building = build(root, join(root, 'logs'), parts).catch((error: Error) => error.message)
  await expect
    .poll(() =>
      access(join(root, 'begun')).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true)
  await parts.stop()
  expect(await building).toContain('ended with SIGTERM')
  expect(await isBuilt(root)).toBe(false)
})

it('keeps the whole output', async () => {
  await make()
  expect(await readFile(join(root, 'logs/build.log'), 'utf8')).toContain('built')
})
