import { expect, test } from 'vitest'
import { found, type Row } from './repositories.ts'

const POM = `<project><properties><java.version>17</java.version></properties>
<modules><module>core</module><module>web</module></modules></project>`
const ROWS: Row[] = [
  {
    name: 'pytest by pyproject, with black',
    files: {
      'pyproject.toml':
        '[build-system]\n[project]\nrequires-python = ">=3.9"\n[project.optional-dependencies]\ntest = ["pytest"]\n[tool.pytest.ini_options]\n[tool.black]\n',
      'tests/test_a.py': 'import pytest',
    },
    is: {
      runtime: 'python',
      test: 'python3 -m pytest',
      install: 'pip install -e .[test]',
      format: 'black',
      engines: { python: '>=3.9' },
    },
    runners: ['pytest'],
    why: 'pyproject.toml configures pytest',
  },
  {
    name: 'unittest in a package of tests',
    files: {
      'setup.py': 'setup(python_requires=">=3.8")',
      'tests/__init__.py': '',
      'tests/test_a.py': 'class A(unittest.TestCase): pass',
    },
    is: { test: 'python3 -m unittest', install: 'pip install -e .', engines: { python: '>=3.8' } },
    runners: ['unittest'],
  },
  {
    name: 'a runner of its own, extras on one line',
    files: {
      'pyproject.toml': '[build-system]\n[project]\noptional-dependencies.test = ["tblib"]\n',
      'tests/runtests.py': '',
      'tests/a/tests.py': 'class A(TestCase): pass',
    },
    is: { test: 'python3 tests/runtests.py', install: 'pip install -e .[test]' },
    runners: ['unittest'],
  },
  {
    name: 'unittest in a plain folder',
    files: { 'a.py': '', 'tests/test_a.py': 'from unittest import TestCase\nclass A(TestCase): pass' },
    is: { test: 'python3 -m unittest discover -s tests', install: null },
    runners: ['unittest'],
  },
  {
    name: 'tox that runs pytest; requirements',
    files: {
      'tox.ini': '[testenv]\ncommands = pytest {posargs}\n[flake8]\n',
      'requirements.txt': 'flask\n',
      'a.py': '',
    },
    is: { test: 'python3 -m pytest', install: 'pip install -r requirements.txt', lint: 'flake8' },
    runners: ['pytest'],
  },
  ...(
    [
      ['a lock of uv', { 'uv.lock': '', 'pyproject.toml': '[project]\n' }, 'uv sync'],
      ['Poetry', { 'pyproject.toml': '[tool.poetry.dependencies]\n[tool.poetry]\n' }, 'poetry install'],
      ['a Pipfile', { Pipfile: '[dev-packages]\npytest = "*"\n' }, 'pipenv install --dev'],
      [
        'a dependency group, and requirements of tests',
        {
          'pyproject.toml': '[build-system]\n[project]\n[dependency-groups]\ntest = ["pytest"]\n',
          'requirements/tests.txt': 'x',
        },
        'pip install -e . --group test -r requirements/tests.txt',
      ],
      [
        'an extra that is no table of its own',
        { 'pyproject.toml': '[project]\noptional-dependencies.test = ["pytest"]\n' },
        'pip install -e .[test]',
      ],
    ] as const
  ).map(([name, files, install]) => ({
    ...{ name, files: { ...files, 'tests/test_a.py': 'import pytest' }, is: { install }, runners: ['pytest'] },
  })),
  {
    name: 'Django',
    files: { 'requirements.txt': 'django', 'manage.py': '', 'shop/tests.py': 'class A(TestCase): pass' },
    is: { test: 'python3 manage.py test' },
    runners: ['unittest/django', 'unittest'],
  },
  {
    name: 'test functions and nothing else; ruff formats',
    files: { 'ruff.toml': '', 'a_test.py': 'def test_a(): pass', '.pre-commit-config.yaml': '- id: ruff-format' },
    is: { test: 'python3 -m pytest', lint: 'ruff check .', format: 'ruff format' },
    runners: ['pytest'],
  },
  {
    name: 'Python without tests',
    files: { 'setup.py': '', 'a.py': '' },
    is: { runtime: 'python', test: null },
    runners: [],
  },
  {
    name: 'a Go module with dependencies',
    files: { 'go.mod': 'module x\n\ngo 1.21\n\nrequire github.com/a/b v1.2.3\n', 'a_test.go': '', 'a.go': '' },
    is: {
      runtime: 'go',
      test: 'go test ./...',
      install: 'go mod download',
      format: 'gofmt -w',
      engines: { go: '1.21' },
      types: 'go build ./...',
    },
    runners: ['go'],
  },
  {
    name: 'a vendored Go module with a Makefile and a linter',
    files: {
      'go.mod': 'module x\nrequire (\n\tgithub.com/a/b v1.2.3\n)',
      'vendor/modules.txt': '',
      'p/a_test.go': '',
      Makefile: 'test:\n\tgo test -race ./...\n',
      '.golangci.yml': '',
    },
    is: { test: 'make test', install: null, lint: 'golangci-lint run' },
    runners: ['go'],
  },
  {
    name: 'a Go workspace',
    files: {
      'go.work': 'go 1.22\nuse (\n\t./a\n\t./b // c\n)\n',
      'a/go.mod': 'module a',
      'a/a_test.go': '',
      'b/go.mod': '',
    },
    is: { test: 'go test ./a/... ./b/...', members: ['a', 'b'], engines: { go: '1.22' } },
    runners: ['go'],
  },
  { name: 'Go without tests', files: { 'go.mod': 'module x', 'main.go': '' }, is: { test: null }, runners: [] },
  {
    name: 'Maven with modules and a wrapper',
    files: { 'pom.xml': POM, mvnw: '', 'core/pom.xml': '', 'core/src/test/java/ATest.java': '' },
    is: {
      runtime: 'java',
      test: './mvnw test',
      members: ['core', 'web'],
      engines: { java: '17' },
      types: './mvnw -q test-compile',
    },
    runners: ['junit/maven'],
  },
  {
    name: 'Gradle in Kotlin with included builds',
    files: {
      'settings.gradle.kts': 'include(":app", ":lib:core")',
      'build.gradle.kts': 'kotlin { jvmToolchain(21) }',
      gradlew: '',
      'app/src/test/kotlin/A.kt': '',
    },
    is: { test: './gradlew test', members: ['app', 'lib/core'], engines: { java: '21' } },
    runners: ['junit/gradle'],
  },
  {
    name: 'Gradle without a wrapper',
    files: { 'build.gradle': "sourceCompatibility = '1.8'", 'src/test/java/A.java': '' },
    is: { test: 'gradle test', engines: { java: '1.8' } },
    runners: ['junit/gradle'],
  },
  {
    name: 'a crate',
    files: {
      'Cargo.toml': '[package]\nedition = "2021"\nrust-version = "1.70"\n[dependencies]\nserde = "1"\n',
      'Cargo.lock': '',
      'src/lib.rs': '',
      'rustfmt.toml': '',
    },
    is: {
      runtime: 'rust',
      test: 'cargo test',
      install: 'cargo fetch --locked',
      format: 'rustfmt',
      engines: { rust: '1.70', edition: '2021' },
    },
    runners: ['cargo'],
  },
  {
    name: 'a workspace of crates',
    files: { 'Cargo.toml': '[workspace]\nmembers = ["a"]', 'a/Cargo.toml': '[package]', 'a/src/lib.rs': '' },
    is: { test: 'cargo test --workspace', members: ['a'], format: null },
    runners: ['cargo'],
  },
  {
    name: 'a crate without dependencies',
    files: { 'Cargo.toml': '[package]\n', 'src/main.rs': '' },
    is: { install: null },
    runners: ['cargo'],
  },
]

test.each(ROWS)('$name', (row) => {
  const { first, runners, why } = found(row)
  expect(first).toMatchObject(row.is)
  expect(runners).toEqual(row.runners)
  expect(why).toContain(row.why ?? '')
})
