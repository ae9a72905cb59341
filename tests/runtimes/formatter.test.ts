import { expect, test } from 'vitest'
import { formattersOf } from '../../lib/runtimes/formatter.ts'

const used = (files: Record<string, string>): string[] =>
  formattersOf(Object.entries(files).map(([path, text]) => ({ path, text }))).map(({ name }) => name)

test.each<[files: Record<string, string>, names: string[]]>([
  [{ 'package.json': '{"devDependencies":{"prettier":"3.0.0"}}' }, ['prettier']],
  [{ 'package.json': '{"dependencies":{"@biomejs/biome":"2.0.0"}}' }, ['biome']],
  [{ 'package.json': '{}', '.prettierrc': '{}' }, ['prettier']],
  [{ 'package.json': '{}', 'web/prettier.config.mjs': '' }, ['prettier']],
  [{ 'package.json': '{}', 'biome.jsonc': '{}' }, ['biome']],
  // Of both, the one that is asked first is biome: who has it has moved on.
  [{ 'package.json': '{"devDependencies":{"prettier":"3"}}', 'biome.json': '{}' }, ['biome', 'prettier']],
  [{ 'package.json': '{"name":"prettier"}' }, []],
  [{ 'package.json': 'nonsense' }, []],
  [{ 'pyproject.toml': '[tool.black]\nline-length = 100\n' }, ['black']],
  [{ 'pyproject.toml': '[tool.ruff]\n' }, []],
  [{ 'pyproject.toml': '[tool.ruff.format]\n' }, ['ruff']],
  [{ '.pre-commit-config.yaml': 'repos:\n  - hooks:\n      - id: black\n' }, ['black']],
  [{ 'go.mod': 'module a\n' }, ['gofmt']],
  [{ 'tool/Cargo.toml': '[package]\n' }, ['rustfmt']],
  [{ 'node_modules/x/.prettierrc': '{}' }, []],
])('%j uses %j', (files, names) => {
  expect(used(files)).toEqual(names)
})

test('a path is never an option of its own', () => {
  const files = [
    { path: 'package.json', text: '{"devDependencies":{"prettier":"3","@biomejs/biome":"2"}}' },
    { path: 'pyproject.toml', text: '[tool.black]\n[tool.ruff.format]\n' },
    { path: 'go.mod', text: '' },
    { path: 'Cargo.toml', text: '' },
  ]
  const all = formattersOf(files)
  expect(all).toHaveLength(6)
  for (const { argv } of all) {
    const [program, ...rest] = argv('--config=evil.js')
    expect(program).toMatch(/^\/(?:workspace|usr)\//)
    expect(rest).not.toContain('--config=evil.js')
  }
})
