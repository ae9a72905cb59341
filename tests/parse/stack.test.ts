import { expect, test } from 'vitest'
import { type RawFrame, repositoryPath, resolveFrame } from '../../lib/parse/stack.ts'

const tracked = new Set(['src/routes/launch.ts', 'app/(shop)/[id]/page.tsx', 'src/new page.ts', 'server.ts', '.env'])

test.each([
  ['src/routes/launch.ts', 'src/routes/launch.ts'],
  ['./src/routes/launch.ts', 'src/routes/launch.ts'],
  ['/app/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['/workspace/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['/var/task/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['/home/runner/work/clinic/clinic/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['/vercel/path0/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['app:///src/routes/launch.ts', 'src/routes/launch.ts'],
  ['file:///app/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['async /app/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['webpack-internal:///(rsc)/./app/(shop)/[id]/page.tsx', 'app/(shop)/[id]/page.tsx'],
  ['webpack-internal:///./app/(shop)/[id]/page.tsx?4f1e', 'app/(shop)/[id]/page.tsx'],
  ['webpack://clinic/./src/routes/launch.ts', 'src/routes/launch.ts'],
  ['turbopack:///[project]/src/routes/launch.ts', 'src/routes/launch.ts'],
  ['app:///app/(shop)/[id]/page.tsx', 'app/(shop)/[id]/page.tsx'],
  ['/app/app/(shop)/[id]/page.tsx', 'app/(shop)/[id]/page.tsx'],
  ['file:///app/src/new%20page.ts', 'src/new page.ts'],
  ['/app/server.ts', 'server.ts'],
])('%s is %s, with and without the list of files', (raw, path) => {
  expect(repositoryPath(raw, tracked)).toBe(path)
  expect(repositoryPath(raw)).toBe(path)
})

test('a tracked file with a hidden character in its name is not named', () => {
  expect(repositoryPath('a\u202eb.ts', new Set(['a\u202eb.ts']))).toBeNull()
})

test('a dependency that is tracked is still not ours', () => {
  expect(repositoryPath('node_modules/x/i.js', new Set(['node_modules/x/i.js']))).toBeNull()
})

test('an unknown checkout folder is recognised by the files below it', () => {
  expect(repositoryPath('/srv/releases/4f1e/src/routes/launch.ts', tracked)).toBe('src/routes/launch.ts')
  expect(repositoryPath('/srv/releases/4f1e/src/routes/launch.ts')).toBeNull()
  expect(repositoryPath('/etc/server.ts', tracked)).toBeNull()
})

test.each([
  '../../../../etc/passwd',
  '/app/../etc/passwd',
  '/app/src/../server.ts',
  '/app/%2e%2e/server.ts',
  'file:///proc/self/environ',
  'file://host/share/server.ts',
  '\\\\host\\share',
  'C:\\app\\server.ts',
  'webpack-internal:///../../.env',
  'https://evil.example/src/routes/launch.ts',
  'node:internal/process/task_queues',
  'internal/modules/cjs/loader.js',
  'native:server.ts',
  '/app/node_modules/express/lib/router.js',
  'node_modules/.pnpm/x/node_modules/x/index.js',
  'file:///app/%zz.ts',
  '/app/server.ts\u0000',
  '/app/ser\u202ever.ts',
  '/app/%00server.ts',
  '/app/',
  '',
  `/app/${'x'.repeat(2000)}`,
  '/app/src/unknown.ts',
])('%j resolves to nothing', (raw) => {
  expect(repositoryPath(raw, tracked)).toBeNull()
})

test.each([
  '/etc/passwd',
  'file:///proc/self/environ',
  '../x.ts',
  '/app/a/../x.ts',
  'https://host/x.ts',
  'C:/x.ts',
  'data:x',
  'internal/modules/cjs/loader.js',
  'native:x.ts',
  '/app/a\u0000.ts',
  '/app/a\\b.ts',
  '/app/%00a.ts',
  '/app/a%5Cb.ts',
  '/app/node_modules/x/i.js',
  '.pnpm/x/i.js',
  `/app/${'x'.repeat(1020)}`,
])('without the list %s is refused as well', (raw) => {
  expect(repositoryPath(raw)).toBeNull()
})

const raw: RawFrame = { file: '/app/server.ts', function: 'f', line: 3, column: 7, inApp: true, context: '  a = 1' }

test('a frame is ours when its file is tracked and nobody says otherwise', () => {
  expect(resolveFrame(raw, tracked)).toEqual({
    path: 'server.ts',
    function: 'f',
    line: 3,
    column: 7,
    inApp: true,
    context: '  a = 1',
  })
  expect(resolveFrame({ ...raw, inApp: null }, tracked).inApp).toBe(true)
  expect(resolveFrame({ ...raw, inApp: false }, tracked).inApp).toBe(false)
  expect(resolveFrame({ ...raw, file: '/app/other.ts' }, tracked)).toMatchObject({ path: null, inApp: false })
  expect(resolveFrame({ ...raw, file: null }, tracked)).toMatchObject({ path: null, inApp: false })
})

test.each([0, -1, 1.5, 1e9, Number.NaN, Number.POSITIVE_INFINITY])('%s is no line', (line) => {
  expect(resolveFrame({ ...raw, line, column: line }, tracked)).toMatchObject({ line: null, column: null })
})

test('names and source lines are untrusted text', () => {
  const frame = resolveFrame({ ...raw, function: 'f\x1b[2J\u202e', context: `${'x'.repeat(600)}` }, tracked)
  expect(frame.function).toBe('f⟨U+202E⟩')
  expect(frame.context).toHaveLength(500)
  expect(resolveFrame({ ...raw, function: 'x'.repeat(300), context: "token = 'abc'" }, tracked)).toMatchObject({
    function: 'x'.repeat(200),
    context: "token = '[token]'",
  })
})
