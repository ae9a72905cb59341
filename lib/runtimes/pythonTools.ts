import { sectionsOf, settingOf } from './sections.ts'
import { join, type Tree } from './tree.ts'

const REQUIREMENTS = [
  'requirements.txt',
  'requirements-dev.txt',
  'requirements-test.txt',
  'requirements_dev.txt',
  'dev-requirements.txt',
  'test-requirements.txt',
]

/** pip alone: what a sandbox without a registry of another kind can do. Null where nothing is to be installed. */
export function pythonInstall(tree: Tree, folder: string): string | null {
  const has = (name: string) => tree.has(join(folder, name))
  const files = [...REQUIREMENTS, 'requirements/dev.txt', 'requirements/test.txt'].filter(has)
  const listed = files.map((name) => ` -r ${name}`).join('')
  const pyproject = sectionsOf(tree.text(join(folder, 'pyproject.toml')))
  const packaged = has('setup.py') || pyproject.has('build-system') || (pyproject.has('project') && !listed)
  if (!packaged) return listed ? `pip install${listed}` : null
  const extra = extras(
    tree.text(join(folder, 'pyproject.toml')) +
      tree.text(join(folder, 'setup.cfg')) +
      tree.text(join(folder, 'setup.py')),
  )
  return `pip install -e .${extra ? `[${extra}]` : ''}${listed}`
}

/** The optional dependencies that hold what tests need. */
function extras(text: string): string | null {
  if (!/optional-dependencies|extras_require/.test(text)) return null
  return (
    ['test', 'tests', 'testing', 'dev'].find((name) =>
      new RegExp(`^\\s*(?:optional-dependencies\\.)?["']?${name}["']?\\s*[=:]`, 'm').test(text),
    ) ?? null
  )
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
