import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SandboxFile } from '../../../lib/domain/sandbox.ts'
import type { Sandbox } from '../../../lib/world.ts'
import { runOf, states } from '../../harness/tests/lab.ts'
import { file, openLab } from '../lab.ts'
import { hasPip, openIndex } from './index.ts'

const pip = await hasPip()
if (!pip) console.warn('pip tests skipped: this machine has no /usr/bin/python3 with pip, venv and ensurepip')

describe.runIf(pip)('installing Python packages', { timeout: 600_000 }, () => {
  let lab: Awaited<ReturnType<typeof openLab>>
  let index: Awaited<ReturnType<typeof openIndex>>
  let sandbox: Sandbox
  beforeAll(async () => {
    index = await openIndex({ wanted: ['1.0.0'], runner: ['1.0.0', '1.5.0', '2.0.0'] })
    lab = await openLab()
    // Nothing here asks the other registry.
    sandbox = lab.start({ pythonIndex: { url: index.url }, registry: { url: 'http://127.0.0.1:9/' } })
    expect(await sandbox.selfTest()).toMatchObject({ ok: true })
  }, 120_000)
  afterAll(async () => {
    await index.close()
    await lab.close()
  })
  const install = async (files: SandboxFile[]) => {
    const answer = await sandbox.install(files, 'npm ci')
    if (!answer.ok) throw new Error(`${answer.why} ${answer.output}`)
    return answer
  }
  const version = async (key: string) => {
    const argv = ['/workspace/.venv/bin/python', '-c', 'import wanted; print(wanted.answer)']
    return (await sandbox.run({ files: [], argv, dependencies: key })).stdout
  }

  it('takes exactly what requirements.txt names, and keeps what was resolved where it names no version', async () => {
    const files = [file('requirements.txt', 'Wanted==1.0.0\n')]
    const exact = await install(files)
    expect(exact.note).toBeUndefined()
    expect(await version(exact.key)).toBe('1.0.0\n')
    expect(index.asked[0]).toBe('pages GET /simple/wanted/')
    const open = [file('requirements.txt', 'wanted\n'), file('setup.py', 'raise SystemExit("ran")')]
    const first = await install(open)
    expect(first).toMatchObject({ cached: false, note: expect.stringContaining('does not fix') })
    await index.publish('wanted', '2.0.0')
    await rm(join(lab.home, 'cache/deps', first.key), { recursive: true })
    const again = await install(open)
    expect(again).toMatchObject({ cached: false, key: first.key })
    expect(await version(again.key)).toBe('1.0.0\n')
  })

  it('reads the project table without building the project', async () => {
    const text =
      '[build-system]\nrequires = ["nothing-there"]\n[project]\nname = "app"\nversion = "1"\ndependencies = ["wanted==1.0.0"]\n'
    expect(await version((await install([file('pyproject.toml', text)])).key)).toBe('1.0.0\n')
  })

  const project = '[project]\nname = "my-app"\nversion = "3.1"\ndependencies = ["wanted"]\n'
  const CASES: [string, string, Record<string, string>, string][] = [
    [
      'an extra',
      'npm ci',
      { 'pyproject.toml': `${project}[project.optional-dependencies]\ntest = ["runner<2"]\n` },
      '1.5.0',
    ],
    [
      'a group that includes another',
      'npm ci',
      { 'pyproject.toml': `${project}[dependency-groups]\nbase = ["runner"]\ndev = [{include-group = "base"}]\n` },
      '2.0.0',
    ],
    [
      'the words of pip, and a file of requirements that names the project',
      'pip install -e .[dev] -r requirements/dev.txt',
      {
        'pyproject.toml': project,
        'requirements/dev.txt': '-r more.txt\n-e .\n',
        'requirements/more.txt': 'runner==1.0.0  # why\n',
      },
      '1.0.0',
    ],
    [
      'Poetry and its lock',
      'poetry install',
      {
        'pyproject.toml':
          '[tool.poetry]\nname = "my-app"\nversion = "3.1"\n[tool.poetry.dependencies]\npython = "^3.8"\nwanted = "*"\n[tool.poetry.group.dev.dependencies]\nrunner = "^1.0"\n',
        'poetry.lock': '[[package]]\nname = "runner"\nversion = "1.0.0"\n',
      },
      '1.0.0',
    ],
    [
      'a lock of uv that this system cannot follow',
      'uv sync',
      {
        'pyproject.toml': `${project}[dependency-groups]\ndev = ["runner"]\n`,
        'uv.lock': '[[package]]\nname = "runner"\nversion = "9.9.9"\nsource = { registry = "x" }\n',
      },
      '2.0.0',
    ],
    [
      'setup.py, below',
      'cd api && pip install .[test]',
      {
        'api/setup.py':
          'TESTS = ["runner~=1.0"]\nsetup(name="my-app", version="3.1", install_requires=["wanted"], extras_require={"test": TESTS})\nraise SystemExit("ran")\n',
      },
      '1.5.0',
    ],
    [
      'a Pipfile',
      'pipenv install --dev',
      { Pipfile: '[packages]\nwanted = "*"\n[dev-packages]\nrunner = {version = "<2"}\n' },
      '1.5.0',
    ],
  ]
  it.each(CASES)('reads %s', async (_, command, files, runner) => {
    const tree = Object.entries(files).map(([path, text]) => file(path, text))
    const answer = await sandbox.install(tree, command)
    if (!answer.ok) throw new Error(`${answer.why} ${answer.output}`)
    const sources = [file('src/my_app.py', 'ok = 1\n'), file('api/src/my_app.py', 'ok = 1\n')]
    const named = files.Pipfile === undefined ? 'import my_app, importlib.metadata as m; m.version("my-app"); ' : ''
    const argv = ['/workspace/.venv/bin/python', '-c', `import wanted, runner; ${named}print(runner.answer)`]
    expect(await sandbox.run({ files: sources, argv, dependencies: answer.key })).toMatchObject({
      stdout: `${runner}\n`,
    })
  })

  it('makes no set where nothing was made', async () => {
    const elsewhere = await sandbox.install([file('requirements.txt', '')], 'python3 -c 1')
    expect(elsewhere).toMatchObject({ ok: false, why: '.venv is not a folder.' })
    const missing = await sandbox.install([file('requirements.txt', 'nowhere\n')], 'pip install -r requirements.txt')
    expect(missing).toMatchObject({ ok: false, output: expect.stringContaining('No matching distribution') })
  })

  it('runs tests with what it installed', async () => {
    const files = {
      'pyproject.toml': project,
      'tests/test_a.py':
        'import unittest, wanted\nclass A(unittest.TestCase):\n  def test(self): self.assertTrue(wanted.answer)\n',
    }
    const { key } = await install([file('pyproject.toml', project)])
    const run = await runOf(sandbox, files, { command: 'python3 -m unittest discover -s tests' }, key)
    expect(Object.values(states(run)), JSON.stringify(run)).toEqual(['passed'])
  })

  it('reaches no other index', async () => {
    const lines = '--index-url http://198.51.100.1/simple/\nwanted==1.0.0\n'
    expect(await sandbox.install([file('requirements.txt', lines)], 'npm ci')).toMatchObject({ ok: false })
    const direct =
      'python3 -m pip download --no-deps http://127.0.0.1:4873/simple-files/00000000000000000000000000000000/wanted-1.0.0-py3-none-any.whl'
    const answer = await sandbox.install([file('requirements.txt', '')], direct)
    expect(answer).toMatchObject({ ok: false, output: expect.stringContaining('refused: GET /simple-files/') })
  })
})
