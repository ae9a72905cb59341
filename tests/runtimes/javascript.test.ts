import { expect, test } from 'vitest'
import { found, pkg, type Row } from './repositories.ts'

const NODE_TEST = "import test from 'node:test'\n"
const ROWS: Row[] = [
  {
    name: 'node --test behind npm test',
    files: { 'package.json': pkg({ test: 'node --test' }), 'test/a.test.js': NODE_TEST },
    is: { runtime: 'javascript', test: 'npm test', install: null, build: null, types: null, lint: null, format: null },
    runners: ['node-test/node'],
    why: 'package.json: the script test runs node --test',
  },
  {
    name: 'vitest with a lockfile',
    files: { 'package.json': pkg({ test: 'vitest' }, ['vitest']), 'package-lock.json': '' },
    is: { test: 'npm test', install: 'npm ci' },
    runners: ['vitest'],
  },
  {
    name: 'jest through cross-env and node',
    files: {
      'package.json': pkg(
        { test: 'cross-env NODE_ENV=test node --experimental-vm-modules node_modules/jest/bin/jest.js' },
        ['jest'],
      ),
    },
    is: { install: 'npm install' },
    runners: ['jest'],
  },
  {
    name: 'mocha under nyc, whose options name a reporter',
    files: {
      'package.json': pkg({ test: 'nyc --reporter lcov mocha -R tap test/**' }, ['mocha', 'nyc']),
      'yarn.lock': '',
    },
    is: { install: 'yarn install --frozen-lockfile' },
    runners: ['mocha'],
  },
  {
    name: 'ava after a linter, with xo',
    files: { 'package.json': pkg({ test: 'xo && c8 ava' }, ['ava', 'xo', 'c8']), 'pnpm-lock.yaml': '' },
    is: { install: 'pnpm install --frozen-lockfile', lint: 'npx xo', format: 'npx xo --fix' },
    runners: ['ava'],
  },
  {
    name: 'tape with a pretty printer behind it',
    files: { 'package.json': pkg({ test: 'standard && tape test/*.js | tap-spec' }, ['tape', 'standard']) },
    is: { lint: 'npx standard', format: 'npx standard --fix' },
    runners: ['tap/tape'],
  },
  { name: 'tap', files: { 'package.json': pkg({ test: 'tap --100' }, ['tap']) }, is: {}, runners: ['tap'] },
  { name: 'jasmine', files: { 'package.json': pkg({ test: 'jasmine' }, ['jasmine']) }, is: {}, runners: ['jasmine'] },
  {
    name: 'a script of a script, with hooks',
    files: {
      'package.json': pkg({ test: 'npm run lint && npm run unit', preunit: 'echo', unit: 'mocha', lint: 'eslint .' }, [
        'mocha',
      ]),
    },
    is: { lint: 'npm run lint' },
    runners: ['mocha'],
    why: 'the script unit runs mocha',
  },
  {
    name: 'run-s with a glob',
    files: { 'package.json': pkg({ test: 'run-s test:*', 'test:unit': 'jest', 'test:types': 'tsd' }, ['jest']) },
    is: {},
    runners: ['jest'],
  },
  {
    name: 'concurrently',
    files: { 'package.json': pkg({ test: 'concurrently "npm:unit" "npm:lint"', unit: 'vitest run' }, ['vitest']) },
    is: {},
    runners: ['vitest'],
  },
  {
    name: 'scripts that call each other end',
    files: { 'package.json': pkg({ test: 'npm run a', a: 'npm run b', b: 'npm run a && jest' }) },
    is: {},
    runners: ['jest'],
  },
  {
    name: 'node test.js, whose imports decide',
    files: { 'package.json': pkg({ test: 'node test.js' }, ['tape']), 'test.js': "const test = require('tape')" },
    is: {},
    runners: ['tap/tape'],
    why: 'runs test.js, which imports tape',
  },
  {
    name: 'node test/index.js with plain assertions',
    files: { 'package.json': pkg({ test: 'node test/index.js' }), 'test/index.js': "require('assert')" },
    is: { test: 'npm test' },
    runners: ['command/npm'],
    why: 'no runner was recognised',
  },
  {
    name: 'create-react-app',
    files: { 'package.json': pkg({ test: 'react-scripts test', start: 'react-scripts start' }, ['react-scripts']) },
    is: { start: 'npm start' },
    runners: ['jest/react-scripts'],
  },
  {
    name: 'a watching test beside one for CI',
    files: { 'package.json': pkg({ test: 'jest --watch', 'test:ci': 'jest --ci' }, ['jest']) },
    is: { test: 'npm run test:ci' },
    runners: ['jest'],
  },
  {
    name: 'a browser beside unit tests',
    files: { 'package.json': pkg({ test: 'cypress run', 'test:unit': 'vue-cli-service test:unit' }) },
    is: { test: 'npm run test:unit' },
    runners: ['jest/vue-cli-service'],
  },
  {
    name: 'a browser alone',
    files: { 'package.json': pkg({ test: 'playwright test' }) },
    is: { test: 'npm test' },
    runners: ['command/playwright'],
  },
  {
    name: "npm's placeholder, but tests",
    files: { 'package.json': pkg({ test: 'echo "Error: no test specified" && exit 1' }), 'src/a.test.mjs': NODE_TEST },
    is: { test: 'node --test' },
    runners: ['node-test/node'],
    why: 'src/a.test.mjs imports node:test',
  },
  {
    name: 'no script, a dependency',
    files: { 'package.json': pkg({}, ['vitest']), 'src/a.test.ts': "import { test } from 'vitest'" },
    is: { test: 'npx vitest run' },
    runners: ['vitest'],
  },
  {
    name: 'no tests at all',
    files: { 'package.json': pkg({ start: 'node index.js' }), 'index.js': '' },
    is: { test: null, start: 'npm start', build: null },
    runners: [],
  },
  {
    name: 'no package.json, only files',
    files: { 'sum.js': '', 'sum.test.js': NODE_TEST },
    is: { test: 'node --test', install: null },
    runners: ['node-test/node'],
  },
  {
    name: 'a package.json that is no JSON',
    files: { 'package.json': '{', 'index.js': '' },
    is: { test: null },
    runners: [],
  },
  {
    name: 'a Makefile instead of scripts',
    files: {
      'package.json': pkg({}, ['mocha']),
      Makefile: 'test: lint\n\t@./node_modules/.bin/mocha -R spec\nlint:\n\tjshint\n',
    },
    is: { test: 'make test' },
    runners: ['mocha'],
  },
  {
    name: 'a script that runs make, whose program is a variable',
    files: {
      'package.json': pkg({ test: 'make unit' }, ['mocha', 'jest']),
      Makefile: 'BIN = ./node_modules/.bin\nMOCHA ?= $(BIN)/mocha\nall:\n\tjest\nunit:\n\t@$(MOCHA) -R spec\n',
    },
    is: { test: 'npm test' },
    runners: ['mocha'],
    why: 'runs mocha',
  },
  {
    name: 'node test, as Node finds it',
    files: {
      'package.json': pkg({ test: 'run-s test:*', 'test:main': 'node ./test/' }),
      'test/index.js': "require('tape')",
    },
    is: { test: 'npm test' },
    runners: ['tap/tape'],
    why: 'runs test/index.js, which imports tape',
  },
  {
    name: "the person's own command",
    files: { 'package.json': pkg({ test: 'jest' }, ['jest', 'mocha']) },
    command: 'npx mocha test/unit',
    is: { test: 'npx mocha test/unit' },
    runners: ['mocha'],
    why: 'the command runs mocha',
  },
  {
    name: 'bun, read by its exit status',
    files: { 'package.json': pkg({ test: 'bun test' }, ['x']), 'bun.lock': '' },
    is: { install: 'bun install --frozen-lockfile' },
    runners: ['command/bun'],
  },
  {
    name: 'Yarn 2 and later',
    files: { 'package.json': pkg({ test: 'jest' }), 'yarn.lock': '', '.yarnrc.yml': '' },
    is: { install: 'yarn install --immutable' },
    runners: ['jest'],
  },
  {
    name: 'packageManager without a lockfile',
    files: { 'package.json': pkg({ test: 'jest' }, ['jest'], { packageManager: 'pnpm@9.1.0' }) },
    is: { install: 'pnpm install' },
    runners: ['jest'],
  },
]

test.each(ROWS)('$name', (row) => {
  const { first, runners, why } = found(row)
  expect(first).toMatchObject(row.is)
  expect(runners).toEqual(row.runners)
  expect(why).toContain(row.why ?? '')
})
