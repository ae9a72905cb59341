import { describe, expect, it } from 'vitest'
import { managerProgram, managerProject } from '../../../lib/adapters/sandbox/install/managers.ts'
import { planInstall } from '../../../lib/adapters/sandbox/install/plan.ts'
import { settingsOf } from '../../../lib/adapters/sandbox/install/settings.ts'
import { settled } from '../../../lib/adapters/sandbox/install/settle.ts'
import { isDependencyManifest } from '../../../lib/domain/dependencies.ts'
import { file } from '../lab.ts'

const own = (more: object = {}) => file('package.json', JSON.stringify(more))
const text = (found: { bytes: Uint8Array } | undefined) => Buffer.from(found?.bytes ?? '').toString()

describe('the manager', () => {
  it.each([
    ['npm', false, [own(), file('package-lock.json', '{}')]],
    ['npm', false, [own(), file('npm-shrinkwrap.json', '{}'), file('yarn.lock', '')]],
    ['npm', true, [own()]],
    ['yarn', false, [own(), file('yarn.lock', '# yarn lockfile v1\n')]],
    ['berry', false, [own(), file('yarn.lock', '__metadata:\n  version: 8\n')]],
    ['berry', false, [own({ packageManager: 'yarn@4.1.0' }), file('yarn.lock', '')]],
    ['pnpm', false, [own(), file('pnpm-lock.yaml', '')]],
    ['bun', false, [own(), file('bun.lock', '')]],
    ['bun', false, [own(), file('bun.lockb', '')]],
    [
      'pip',
      false,
      [file('requirements.txt', '# all\nA.b[c]==1.0 ; python_version > "3" \\\n  --hash=sha256:00\n\nd==2\n')],
    ],
    ['pip', true, [file('requirements.txt', 'a==1.0\nb>=2\n')]],
    ['pip', true, [file('requirements.txt', '-r other.txt\n')]],
    ['pip', true, [file('pyproject.toml', '')]],
  ] as const)('is %s (open: %s)', (manager, open, files) => {
    expect(planInstall([...files], 'npm ci')).toMatchObject({ manager, open })
  })

  it.each([
    ['npm install --no-save', 'npm'],
    ['yarn install', 'yarn'],
    ['pnpm i --prod', 'pnpm'],
    ['bun install', 'bun'],
    ['pip install -r a.txt -t vendor', 'pip'],
    ['./setup', 'npm'],
  ])('%s runs as it is, with %s', (command, manager) => {
    expect(planInstall([own()], command)).toEqual({ manager, command, open: false })
  })
})

describe('the program', () => {
  it.each([
    ['yarn', {}, '', 'yarn', '1.22.22'],
    ['berry', { packageManager: 'yarn@4.5.0+sha224.ab' }, '', '@yarnpkg/cli-dist', '4.5.0'],
    ['pnpm', {}, "lockfileVersion: '6.0'", 'pnpm', '8.15.9'],
    ['pnpm', {}, 'lockfileVersion: 5.4', 'pnpm', '7.33.7'],
    ['pnpm', { packageManager: 'pnpm@9.1.2' }, "lockfileVersion: '6.0'", 'pnpm', '9.1.2'],
    ['bun', {}, '', '@oven/bun-linux-x64', '1.4.5'],
  ] as const)('%s %j %s is %s %s', (name, manifest, lock, packageName, version) => {
    const program = managerProgram(name, [own(manifest), file('pnpm-lock.yaml', lock)], 'x64')
    expect(program).toEqual({ package: packageName, version, integrity: null })
  })

  it.each(['pnpm@latest', 'pnpm@9', 'pnpm@9.0.0 --evil', 'pnpm@https://evil.example/x.tgz', '../pnpm@9.0.0', 9, null])(
    'is never %j',
    (packageManager) => {
      expect(managerProgram('pnpm', [own({ packageManager })])?.version).toBe('10.20.0')
    },
  )

  it('is held to the sum the project names', () => {
    const sum = 'ab'.repeat(64)
    const program = managerProgram('pnpm', [own({ packageManager: `pnpm@9.1.2+sha512.${sum}` })])
    const integrity = `sha512-${Buffer.from(sum, 'hex').toString('base64')}`
    expect(program?.integrity).toBe(integrity)
    const lock = managerProject(program ?? { package: '', version: '', integrity: null }).at(1)
    expect(JSON.parse(text(lock)).packages['node_modules/pnpm']).toEqual({ version: '9.1.2', integrity })
  })

  it('comes with the interpreter for npm and pip', () => {
    expect([managerProgram('npm', []), managerProgram('pip', [])]).toEqual([null, null])
  })
})

describe('what a manager is shown', () => {
  it('has no script that it would run by itself, unless scripts are on', () => {
    const files = [own({ name: 'a', scripts: { postinstall: 'x', prepare: 'x', test: 'y' } })]
    expect(JSON.parse(text(settled(files, 'npm', false)[0]))).toEqual({ name: 'a', scripts: { test: 'y' } })
    expect(settled(files, 'npm', true)).toEqual(files)
    const broken = [file('package.json', '{ "scripts": ')]
    expect(text(settled(broken, 'npm', false)[0])).toBe('{ "scripts": ')
    expect(text(settled([own({ scripts: { test: 'y' } })], 'npm', false)[0])).toBe('{"scripts":{"test":"y"}}')
  })

  it('names our registry in a lockfile of yarn 1, and turns its scripts off', () => {
    const lock = file('yarn.lock', 'a@1:\n  version "1"\n  resolved "https://packages.example/a/-/a-1.tgz#00"\n')
    const [shown, rc] = settled([lock], 'yarn', false)
    expect(text(shown)).toContain('resolved "http://127.0.0.1:4873/a/-/a-1.tgz#00"')
    expect([rc?.path, text(rc)]).toEqual(['.yarnrc', '--ignore-scripts true\n'])
    expect(settled([lock], 'berry', false)).toEqual([lock])
  })

  it.each(['npm', 'yarn', 'berry', 'pnpm', 'bun', 'pip'] as const)(
    'has settings for %s that point nowhere else',
    (manager) => {
      const hosts = JSON.stringify(settingsOf(manager, false)).match(/https?:\/\/[^/"]+/g)
      expect([...new Set(hosts)]).toEqual(['http://127.0.0.1:4873'])
      expect(settingsOf(manager, false).npm_config_ignore_scripts).toBe('true')
      expect(settingsOf(manager, true).npm_config_ignore_scripts).toBe('false')
    },
  )

  it.each([
    ['package.json', true],
    ['packages/a/package.json', true],
    ['requirements-dev.txt', true],
    ['node_modules/a/package.json', false],
    ['.npmrc', false],
    ['.yarnrc.yml', false],
    ['.pnpmfile.cjs', false],
    ['setup.py', false],
    ['requirements.sh', false],
  ])('%s: %s', (path, expected) => {
    expect(isDependencyManifest(path)).toBe(expected)
  })
})
