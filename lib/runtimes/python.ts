import type { DetectedRunner, DetectedRuntime } from '../domain/runtime.ts'
import { simpleCommands } from './commandLine.ts'
import { makeTargets, makeTest } from './make.ts'
import { pythonEngines, pythonFormat, pythonInstall, pythonLint, pythonTypes } from './pythonTools.ts'
import { sectionsOf, settingOf } from './sections.ts'
import { below, join, projectFolders, type Tree, within } from './tree.ts'

const MANIFEST =
  /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|pytest\.ini|Pipfile|requirements[\w.-]*\.txt|noxfile\.py)$/
const TEST_FILE = /(?:^|\/)(?:test_[^/]*|[^/]*_test|tests?)\.py$|(?:^|\/)tests?\/[^/]+\.py$/
const SOURCES_MAX = 200

export function detectPython(tree: Tree, given: string | null): DetectedRuntime[] {
  const folders = projectFolders(tree, (name) => MANIFEST.test(name))
  const bare = folders.length === 0 && tree.paths.some((path) => TEST_FILE.test(path))
  return (bare ? [''] : folders)
    .filter((folder) => below(tree, folder).some((path) => path.endsWith('.py')))
    .map((folder) => runtimeOf(tree, folder, folder === '' ? given : null))
}

function runtimeOf(tree: Tree, folder: string, given: string | null): DetectedRuntime {
  const runners = runnersOf(tree, folder, given)
  const put = (command: string | null) => within(folder, command)
  return {
    ...{ runtime: 'python', folder, runners, members: [], build: null, start: null },
    test: given ?? put(testOf(tree, folder, runners)),
    install: put(pythonInstall(tree, folder)),
    types: put(pythonTypes(tree, folder)),
    lint: put(pythonLint(tree, folder)),
    format: put(pythonFormat(tree, folder)),
    engines: pythonEngines(tree, folder),
  }
}

const pytest = (why: string): DetectedRunner => ({ runner: 'pytest', program: 'pytest', why })
const unittest = (why: string, program = 'unittest'): DetectedRunner => ({ runner: 'unittest', program, why })

/** Each sign of a runner in the order of how much it says. */
function runnersOf(tree: Tree, folder: string, given: string | null): DetectedRunner[] {
  const text = (name: string) => tree.text(join(folder, name))
  const found: DetectedRunner[] = []
  const lines =
    given === null
      ? []
      : [
          ['the command', given],
          ['the Makefile', (makeTargets(tree, folder).get(given.replace(/^make /, '')) ?? []).join('\n')],
        ]
  for (const [what = '', line = ''] of lines) found.push(...named(line).map((run) => run(what)))
  if (tree.has(join(folder, 'pytest.ini'))) found.push(pytest('there is a pytest.ini'))
  if (text('pyproject.toml').includes('[tool.pytest')) found.push(pytest('pyproject.toml configures pytest'))
  if (text('setup.cfg').includes('[tool:pytest]')) found.push(pytest('setup.cfg configures pytest'))
  const tox = sectionsOf(text('tox.ini'))
  if (tox.has('pytest')) found.push(pytest('tox.ini configures pytest'))
  found.push(...named(toxCommands(tox)).map((run) => run('tox.ini')))
  if (tree.has(join(folder, 'manage.py'))) found.push(unittest('manage.py: a Django project', 'django'))
  found.push(...byText(tree, folder))
  const seen = new Set<string>()
  return found.filter(({ program }) => !seen.has(program) && seen.add(program))
}

/** What a line starts. */
function named(line: string): ((where: string) => DetectedRunner)[] {
  return simpleCommands(line).flatMap((words) => {
    const text = words.join(' ')
    if (/\b(?:pytest|py\.test)\b/.test(text)) return [(where: string) => pytest(`${where} runs pytest`)]
    if (/\bmanage\.py test\b/.test(text)) return [(where: string) => unittest(`${where} runs manage.py test`, 'django')]
    return /\b(?:unittest|unit2)\b/.test(text) ? [(where: string) => unittest(`${where} runs unittest`)] : []
  })
}

const toxCommands = (tox: Map<string, string>): string =>
  [...tox]
    .filter(([name]) => name.startsWith('testenv'))
    .map(([, body]) => body.replace(/^\s*commands\s*=\s*/m, '\n'))
    .join('\n')

function byText(tree: Tree, folder: string): DetectedRunner[] {
  const files = below(tree, folder)
  const required = files.find(
    (path) =>
      /(?:requirements[\w./-]*\.txt|pyproject\.toml|setup\.(?:py|cfg)|Pipfile)$/.test(path) &&
      /\bpytest\b/.test(tree.text(path)),
  )
  const tests = files.filter((path) => TEST_FILE.test(path)).slice(0, SOURCES_MAX)
  const imports = (pattern: RegExp) => tests.find((path) => pattern.test(tree.text(path)))
  const pytests = imports(/^\s*(?:import pytest|from pytest)\b/m)
  const cases = imports(/\b(?:unittest\.)?TestCase\b/)
  const functions = imports(/^(?:async )?def test_/m)
  return [
    ...(required ? [pytest(`${required} names pytest`)] : []),
    ...(pytests ? [pytest(`${pytests} imports pytest`)] : []),
    ...(cases ? [unittest(`${cases} has a TestCase`)] : []),
    // Plain functions are nobody's but pytest's.
    ...(functions ? [pytest(`${functions} has test functions`)] : []),
  ]
}

function testOf(tree: Tree, folder: string, runners: DetectedRunner[]): string | null {
  const [first] = runners
  if (!first) return null
  if (first.runner === 'pytest') return 'python3 -m pytest'
  if (first.program === 'django') return 'python3 manage.py test'
  // Such as Django's own: what its tests need is set up there, and nowhere else.
  const own = ['runtests.py', 'tests/runtests.py', 'test/runtests.py'].find((name) => tree.has(join(folder, name)))
  if (own) return `python3 ${own}`
  const target = makeTest(makeTargets(tree, folder), /\bunittest\b/)
  const tests = settingOf(sectionsOf(tree.text(join(folder, 'tox.ini'))).get('testenv'), 'commands')
  if (tests && /^python\d? -m unittest\b[\w ./-]*$/.test(tests)) return tests.replace(/^python /, 'python3 ')
  const inFolder = ['tests', 'test'].find((name) => tree.has(join(folder, `${name}/__init__.py`)))
  // Without packages, discovery has to start in the folder itself.
  const beside = ['tests', 'test'].find((name) => tree.holds(join(folder, name)))
  if (target) return target
  return inFolder || !beside ? 'python3 -m unittest' : `python3 -m unittest discover -s ${beside}`
}
