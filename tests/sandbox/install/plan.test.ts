import { describe, expect, it } from 'vitest'
import { managerProgram, managerProject } from '../../../lib/adapters/sandbox/install/managers.ts'
import { expectedOf, planInstall } from '../../../lib/adapters/sandbox/install/plan.ts'
import { settingsOf } from '../../../lib/adapters/sandbox/install/settings.ts'
import { settled } from '../../../lib/adapters/sandbox/install/settle.ts'
import { isDependencyManifest, isInstallable } from '../../../lib/domain/dependencies.ts'
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
    expect(planInstall([own()], command)).toEqual({ manager, command, open: false, folder: '' })
  })

  it.each([
    ['cd web && pnpm install --frozen-lockfile', 'pnpm', 'cd web && pnpm install --frozen-lockfile', 'web'],
    ['cd ./web/ && npm ci', 'yarn', 'cd web && yarn install --frozen-lockfile --non-interactive', 'web'],
    ["cd 'my web' && yarn", 'berry', "cd 'my web' && yarn", 'my web'],
    ['cd old && npm ci', 'pnpm', 'cd old && pnpm install --frozen-lockfile', 'old'],
    ['cd . && corepack pnpm i', 'pnpm', 'pnpm i', ''],
  ])('%s runs there, with %s', (command, manager, wanted, folder) => {
    const lock = file('web/yarn.lock', '# yarn lockfile v1\n')
    const files = [
      own(),
      file('pnpm-lock.yaml', ''),
      lock,
      file('my web/yarn.lock', '__metadata:\n'),
      file('web/package.json', '{}'),
    ]
    const plan = planInstall(files, command)
    expect(plan).toEqual({ manager, command: wanted, open: false, folder })
    expect(expectedOf(plan)).toBe(folder ? `${folder}/node_modules` : 'node_modules')
  })

  it.each([
    ['pip install -e .[test] -r requirements/dev.txt', '. -e .[test] -r requirements/dev.txt'],
    ['python3 -m pip install -U pip && pip install -r a.txt', '. -U pip -r a.txt'],
    ['cd api && pip3 install .', 'api .'],
    ['poetry install --with dev', '.'],
    ['uv sync --all-extras', '.'],
    ['cd api && pipenv install --dev', 'api'],
  ])('%s is read by our own program', (command, words) => {
    const plan = planInstall([own(), file('api/setup.py', '')], command)
    const program = 'python3 /nightshift/lib/adapters/sandbox/install/python.py'
    expect(plan).toEqual({ manager: 'pip', command: `${program} ${words}`, open: true, folder: '' })
    expect(expectedOf(plan)).toBe('.venv')
  })

  it.each([
    ['go mod download', false],
    ['cd server && cargo fetch --locked', false],
    ['./mvnw -q dependency:go-offline', false],
    ["cd 'a b' && go mod download", false],
    ['npm ci', true],
    ['cd go && npm ci', true],
    ['gold install', true],
  ])('%s makes a set: %s', (command, expected) => {
    expect(isInstallable(command)).toBe(expected)
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
    expect(JSON.parse(text(settled(files, { manager: 'npm', folder: '' }, false)[0]))).toEqual({
      name: 'a',
      scripts: { test: 'y' },
    })
    expect(settled(files, { manager: 'npm', folder: '' }, true)).toEqual(files)
    const broken = [file('package.json', '{ "scripts": ')]
    expect(text(settled(broken, { manager: 'npm', folder: '' }, false)[0])).toBe('{ "scripts": ')
    expect(text(settled([own({ scripts: { test: 'y' } })], { manager: 'npm', folder: '' }, false)[0])).toBe(
      '{"scripts":{"test":"y"}}',
    )
  })

  it('names our registry in a lockfile of yarn 1, and turns its scripts off', () => {
    const lock = file('yarn.lock', 'a@1:\n  version "1"\n  resolved "https://packages.example/a/-/a-1.tgz#00"\n')
    const [shown, rc] = settled([lock], { manager: 'yarn', folder: 'web' }, false)
    expect(text(shown)).toContain('resolved "http://127.0.0.1:4873/a/-/a-1.tgz#00"')
    expect([rc?.path, text(rc)]).toEqual(['web/.yarnrc', '--ignore-scripts true\n'])
    expect(settled([lock], { manager: 'berry', folder: '' }, false)).toEqual([lock])
  })

  it('has of .yarnrc.yml what names dependencies, and no registry, plugin or program', () => {
    const lines = [
      ...[
        'yarnPath: ./evil.cjs',
        'catalog:',
        '  a: ^1.0.0',
        '# c',
        'plugins:',
        '  - ./evil.cjs',
        '"packageExtensions":',
      ],
      ...['  b@*:', '    dependencies:', '      c: 1.0.0'],
    ]
    const [shown] = settled(
      [file('.yarnrc.yml', `${lines.join('\n')}\rnpmRegistryServer: x\u2028plugins: [y]`)],
      { manager: 'berry', folder: '' },
      false,
    )
    expect(text(shown)).toBe(
      'catalog:\n  a: ^1.0.0\n# c\n"packageExtensions":\n  b@*:\n    dependencies:\n      c: 1.0.0\n',
    )
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
    ['.yarnrc.yml', true],
    ['.yarnrc', false],
    ['patches/a@1.0.0.patch', true],
    ['.yarn/patches/a-npm-1.0.0-0000000000.patch', true],
    ['docs/a.patch', false],
    ['.yarn/releases/yarn-4.1.0.cjs', false],
    ['.yarn/plugins/a.cjs', false],
    ['.pnpmfile.cjs', false],
    ['setup.py', true],
    ['api/Pipfile.lock', true],
    ['requirements/dev.txt', true],
    ['dev-requirements.txt', true],
    ['docs/notes.txt', false],
    ['node_modules/requirements/a.txt', false],
    ['requirements.sh', false],
  ])('%s: %s', (path, expected) => {
    expect(isDependencyManifest(path)).toBe(expected)
  })
})
