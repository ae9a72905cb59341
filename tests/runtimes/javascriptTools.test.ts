import { expect, test } from 'vitest'
import { found, pkg, type Row } from './repositories.ts'

const ts = (scripts: Record<string, string>, more: object = {}) => pkg(scripts, ['typescript', 'mocha'], more)

const ROWS: (Omit<Row, 'runners'> & { runners?: string[] })[] = [
  {
    name: 'tests compiled to dist by a script of their own',
    files: { 'package.json': ts({ build: 'tsc', test: 'mocha dist/test' }), 'tsconfig.json': '{}', 'test/a.ts': '' },
    is: { build: 'npm run build', types: 'npx tsc --noEmit' },
  },
  {
    name: 'the same, built by pretest',
    files: {
      'package.json': ts({ build: 'tsc', pretest: 'npm run build', test: 'mocha dist/test' }),
      'tsconfig.json': '{}',
    },
    is: { build: null, test: 'npm test' },
  },
  {
    name: 'the same, built by pretest, under a command that passes it by',
    files: {
      'package.json': ts({ build: 'tsc', pretest: 'npm run build', test: 'mocha dist/test' }),
      'tsconfig.json': '{}',
    },
    command: 'npx mocha dist/test',
    is: { build: 'npm run pretest' },
  },
  {
    name: 'a test script that compiles',
    files: { 'package.json': ts({ test: 'tsc && mocha dist' }), 'tsconfig.json': '{}' },
    is: { build: null },
  },
  {
    name: 'tests that import what is built',
    files: {
      'package.json': ts({ build: 'rollup -c', test: 'mocha' }),
      'test/a.js': "const a = require('../dist/index.js')",
    },
    is: { build: 'npm run build', types: null },
  },
  {
    name: "tests that import the package's own entry, which is built",
    files: {
      'package.json': ts({ compile: 'tsc', test: 'mocha' }, { main: 'lib/index.js' }),
      'test/a.js': "require('..')",
    },
    is: { build: 'npm run compile' },
  },
  {
    name: 'an entry that is a source',
    files: {
      'package.json': ts({ build: 'x', test: 'mocha' }, { main: 'lib/index.js' }),
      'lib/index.js': '',
      'test/a.js': "require('..')",
    },
    is: { build: null },
  },
  {
    name: 'no build script, only a compiler',
    files: { 'package.json': ts({ test: 'node --test dist/' }), 'tsconfig.json': '{}' },
    is: { build: 'npx tsc' },
  },
  {
    name: 'a script for types, prettier as a file',
    files: { 'package.json': ts({ test: 'mocha', typecheck: 'tsc -p .' }), 'tsconfig.json': '{}', '.prettierrc': '' },
    is: { types: 'npm run typecheck', format: 'npx prettier --write' },
  },
  {
    name: 'a solution of projects',
    files: { 'package.json': ts({ test: 'mocha' }), 'tsconfig.json': '{ "files": [], "references": [] }' },
    is: { types: 'npx tsc --build' },
  },
  {
    name: 'biome, and no eslint without a configuration',
    files: { 'package.json': pkg({ test: 'mocha' }, ['@biomejs/biome', 'eslint', 'prettier']), 'biome.json': '{}' },
    is: { lint: 'npx biome lint .', format: 'npx biome format --write' },
  },
  {
    name: 'eslint with a flat configuration; prettier there, but not configured',
    files: { 'package.json': pkg({ test: 'mocha' }, ['eslint', 'prettier']), 'eslint.config.mjs': '' },
    is: { lint: 'npx eslint .', format: null },
  },
  {
    name: 'prettier by a key, engines by package.json before .nvmrc',
    files: {
      'package.json': pkg({ test: 'mocha' }, [], { prettier: {}, engines: { node: '>=18' } }),
      '.nvmrc': '20\n',
    },
    is: { format: 'npx prettier --write', engines: { node: '>=18' } },
  },
  {
    name: 'engines by .nvmrc',
    files: { 'package.json': pkg({}), '.nvmrc': 'v20.1.0\n' },
    is: { engines: { node: 'v20.1.0' } },
  },
  {
    name: 'npm workspaces without a test script at the root',
    files: {
      'package.json': pkg({}, [], { workspaces: ['packages/*', '!packages/old'] }),
      'packages/a/package.json': pkg({ test: 'vitest run' }, ['vitest']),
      'packages/old/package.json': pkg({ test: 'mocha' }),
      'examples/b/package.json': pkg({ test: 'jest' }),
    },
    is: { members: ['packages/a'], test: 'npm test --workspaces --if-present', install: 'npm install' },
    runners: ['vitest'],
  },
  {
    name: 'pnpm workspace run by turbo',
    files: {
      'package.json': pkg({ test: 'turbo run test' }, ['turbo']),
      'pnpm-workspace.yaml': "packages:\n  - 'apps/**'\n  - libs/*\ncatalog:\n  - x\n",
      'pnpm-lock.yaml': '',
      'apps/web/admin/package.json': pkg({ test: 'jest' }),
      'libs/core/package.json': pkg({ test: 'node --test' }),
    },
    is: { members: ['apps/web/admin', 'libs/core'], test: 'npm test' },
    runners: ['jest', 'node-test/node'],
  },
  {
    name: 'a pnpm workspace without a test script at the root: each member, also behind one that fails',
    files: {
      'package.json': pkg({}),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
      'pnpm-lock.yaml': '',
      'packages/build/package.json': pkg({ test: 'jest' }),
      'packages/core/package.json': pkg({ unit: 'mocha' }),
      'packages/core/dist/package.json': pkg({ test: 'ava' }),
    },
    is: {
      members: ['packages/build', 'packages/core'],
      test: 'failed=0; (cd packages/build && npm test) || failed=1; (cd packages/core && npm run unit) || failed=1; exit $failed',
    },
    runners: ['jest', 'mocha'],
  },
  {
    name: 'a project in a folder',
    files: { 'web app/package.json': pkg({ test: 'jest' }, ['jest']), 'web app/package-lock.json': '' },
    is: { folder: 'web app', test: "cd 'web app' && npm test", install: "cd 'web app' && npm ci" },
  },
]

test.each(ROWS)('$name', (row) => {
  const { first, runners } = found({ runners: [], ...row })
  expect(first).toMatchObject(row.is)
  if (row.runners) expect(runners).toEqual(row.runners)
})
