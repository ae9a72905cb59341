import { describe, expect, it } from 'vitest'
import { askedOf, type Manager } from '../../lib/harness/managers/asked.ts'
import { testedSandbox } from '../sandbox/lab.ts'
import { runOf, states } from './tests/lab.ts'

describe('what a command line of a manager wants', () => {
  it.each([
    ['yarn', 'lint --fix', { verb: 'either', words: ['lint', '--fix'], where: 'here' }],
    ['yarn', '-s run lint', { verb: 'either', words: ['lint'] }],
    ['yarn', 'test -- -u', { verb: 'script', words: ['test', '-u'] }],
    ['yarn', '--cwd web test', { verb: 'script', words: ['test'], folder: 'web' }],
    ['yarn', 'workspace a test:unit -x', { words: ['test:unit', '-x'], where: 'every', filters: ['a'] }],
    ['yarn', 'workspaces run test', { words: ['test'], where: 'every', ifPresent: true }],
    [
      'yarn',
      'workspaces foreach -Api --exclude docs -j 2 run test',
      { words: ['test'], where: 'every', filters: ['!docs'] },
    ],
    ['yarn', '', { verb: 'install' }],
    ['yarn', 'install --immutable', { verb: 'install' }],
    ['yarn', '--version', { verb: 'version' }],
    ['pnpm', '-r test', { verb: 'script', words: ['test'], where: 'every' }],
    ['pnpm', 'run -r --if-present build', { verb: 'script', words: ['build'], where: 'every', ifPresent: true }],
    ['pnpm', '--filter=./packages/* -F b run t', { words: ['t'], where: 'every', filters: ['./packages/*', 'b'] }],
    ['pnpm', 'recursive run test --no-bail', { words: ['test', '--no-bail'], where: 'every', bail: true }],
    [
      'pnpm',
      '-r --no-bail --workspace-concurrency 1 exec tsc -b',
      { verb: 'program', words: ['tsc', '-b'], bail: false },
    ],
    ['pnpm', '-w t', { verb: 'script', words: ['test'], where: 'root' }],
    ['pnpm', '-C web vitest run', { verb: 'either', words: ['vitest', 'run'], folder: 'web' }],
    ['pnpm', 'i --frozen-lockfile', { verb: 'install' }],
  ] as const)('%s %s', (manager: Manager, line, wanted) => {
    expect(askedOf(manager, line.split(' ').filter(Boolean))).toMatchObject(wanted)
  })
})

describe('scripts that call another manager', () => {
  const sandbox = testedSandbox()
  const json = (value: object) => JSON.stringify(value)
  const cases = (...names: string[]) =>
    `const test = require('node:test')\n${names.map((name) => `test('${name}', () => {})\n`).join('')}`

  it('run where the test script is a chain of them', async () => {
    const scripts = {
      ...{ pretest: 'yarn', test: 'yarn lint && yarn test:unit --test-timeout=9000', lint: 'yarn run checked' },
      ...{ checked: 'test "$npm_lifecycle_event" = checked', 'test:unit': 'node --test' },
    }
    const files = { 'package.json': json({ name: 'a', scripts }), 'yarn.lock': '', 'a.test.js': cases('one') }
    for (const command of ['yarn test', 'npm test', 'corepack yarn@4.1.0 test']) {
      const run = await runOf(sandbox(), files, { command })
      expect(run, `${command} ${JSON.stringify(run)}`).toMatchObject({ exit: 0 })
      expect(Object.values(states(run)), command).toEqual(['passed'])
    }
    const red = await runOf(
      sandbox(),
      { ...files, 'package.json': json({ scripts: { ...scripts, lint: 'exit 3' } }) },
      {
        command: 'yarn test',
      },
    )
    expect(red.exit).toBe(3)
  })

  it('run in every member of a workspace, what others need first', async () => {
    const member = (name: string, more: object = {}) =>
      json({ name, scripts: { build: 'echo $npm_package_name >> ../../built', test: 'node --test' }, ...more })
    const files = {
      'package.json': json({ scripts: { pretest: 'pnpm -r build', test: 'pnpm -r test' } }),
      'pnpm-workspace.yaml': "packages:\n  - 'packages/*'\n",
      'pnpm-lock.yaml': '',
      'packages/a/package.json': member('a', { dependencies: { b: 'workspace:*' } }),
      'packages/a/a.test.js': `${cases('a')}require('node:assert').equal(require('fs').readFileSync('../../built', 'utf8'), 'b\\na\\n')`,
      'packages/b/package.json': member('b'),
      'packages/b/b.test.js': cases('b'),
      'packages/c/package.json': json({ name: 'c' }),
    }
    const run = await runOf(sandbox(), files, { command: 'pnpm test' })
    expect(run.exit, JSON.stringify(run)).toBe(0)
    expect(Object.values(states(run))).toEqual(['passed', 'passed'])
    const one = await runOf(sandbox(), files, { command: 'pnpm --filter b test' })
    expect(Object.keys(states(one)).join()).toMatch(/^packages\/b[^,]*$/)
    const none = await runOf(sandbox(), files, { command: 'pnpm -r nothing' })
    expect(none.exit).toBe(1)
  })

  it('find the programs of their packages', async () => {
    const files = { 'package.json': json({}), 'web/package.json': json({}) }
    const link =
      'mkdir -p node_modules/.bin && printf "#!/bin/sh\\nexit 5" > node_modules/.bin/mine && chmod +x node_modules/.bin/mine'
    for (const line of ['yarn mine', 'yarn exec mine', 'pnpm --dir web mine', 'pnpm exec mine'])
      expect((await runOf(sandbox(), files, { command: `${link} && ${line}` })).exit, line).toBe(5)
    expect((await runOf(sandbox(), files, { command: 'yarn mine' })).exit).toBe(127)
    expect((await runOf(sandbox(), files, { command: 'pnpm run mine' })).exit).toBe(1)
  })
})
