import { sectionsOf, settingOf } from './sections.ts'
import { join, type Tree } from './tree.ts'

const REQUIREMENTS = [
  ...['requirements.txt', 'requirements-dev.txt', 'requirements-test.txt', 'requirements_dev.txt'],
  ...['requirements_test.txt', 'dev-requirements.txt', 'test-requirements.txt', 'requirements/dev.txt'],
  ...['requirements/test.txt', 'requirements/tests.txt', 'requirements/testing.txt'],
]
/** Extras and groups that hold what tests need, the likeliest first. */
const TESTS = ['test', 'tests', 'testing', 'dev']

/** The command a person would type; the sandbox reads from it what is wanted, and builds nothing. Null where there is nothing. */
export function pythonInstall(tree: Tree, folder: string): string | null {
  const has = (name: string) => tree.has(join(folder, name))
  const text = tree.text(join(folder, 'pyproject.toml'))
  const pyproject = sectionsOf(text)
  if (has('uv.lock')) return 'uv sync'
  if (has('poetry.lock') || pyproject.has('tool.poetry')) return 'poetry install'
  if (has('pdm.lock')) return 'pdm install'
  if (has('Pipfile')) return 'pipenv install --dev'
  const listed = REQUIREMENTS.filter(has).map((name) => ` -r ${name}`)
  const group = TESTS.find((name) => settingOf(pyproject.get('dependency-groups'), name) !== null)
  const more = `${group ? ` --group ${group}` : ''}${listed.join('')}`
  const packaged = has('setup.py') || pyproject.has('build-system') || (pyproject.has('project') && !more)
  if (!packaged) return more ? `pip install${more}` : null
  const extra = extras(text + tree.text(join(folder, 'setup.cfg')) + tree.text(join(folder, 'setup.py')))
  return `pip install -e .${extra ? `[${extra}]` : ''}${more}`
}

/** The optional dependencies that hold what tests need. */
function extras(text: string): string | null {
  if (!/optional-dependencies|extras_require/.test(text)) return null
  const named = (name: string) =>
    new RegExp(`^\\s*(?:optional-dependencies\\.)?["']?${name}["']?\\s*[=:]`, 'm').test(text)
  return TESTS.find(named) ?? null
}

const configures = (tree: Tree, folder: string, tool: string, files: string[]): boolean =>
  files.some((name) => tree.has(join(folder, name))) ||
  [...sectionsOf(tree.text(join(folder, 'pyproject.toml'))).keys()].some(
    (name) => name === `tool.${tool}` || name.startsWith(`tool.${tool}.`),
  ) ||
  ['setup.cfg', 'tox.ini'].some((name) => sectionsOf(tree.text(join(folder, name))).has(tool))

export function pythonTypes(tree: Tree, folder: string): string | null {
  if (configures(tree, folder, 'mypy', ['mypy.ini', '.mypy.ini'])) return 'mypy .'
  return configures(tree, folder, 'pyright', ['pyrightconfig.json']) ? 'pyright' : null
}

export function pythonLint(tree: Tree, folder: string): string | null {
  if (configures(tree, folder, 'ruff', ['ruff.toml', '.ruff.toml'])) return 'ruff check .'
  return configures(tree, folder, 'flake8', ['.flake8']) ? 'flake8' : null
}

/** Black where it is configured or hooked; Ruff's formatter only where it is named as such. */
export function pythonFormat(tree: Tree, folder: string): string | null {
  const hooks = tree.text(join(folder, '.pre-commit-config.yaml'))
  const sections = [...sectionsOf(tree.text(join(folder, 'pyproject.toml'))).keys()]
  if (sections.includes('tool.ruff.format') || /^\s*-\s*id:\s*ruff-format\b/m.test(hooks)) return 'ruff format'
  if (sections.includes('tool.black') || /^\s*-\s*id:\s*black\b/m.test(hooks)) return 'black'
  return null
}

export function pythonEngines(tree: Tree, folder: string): Record<string, string> {
  const text = (name: string) => tree.text(join(folder, name))
  const pyproject = sectionsOf(text('pyproject.toml'))
  const python =
    settingOf(pyproject.get('project'), 'requires-python') ??
    settingOf(pyproject.get('tool.poetry.dependencies'), 'python') ??
    /python_requires\s*=\s*["']?([^"'\n,)]{1,60})/.exec(text('setup.py') + text('setup.cfg'))?.[1]?.trim() ??
    text('.python-version').trim().split('\n')[0]
  return python ? { python } : {}
}
