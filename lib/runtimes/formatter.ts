import type { ListedFile } from '../domain/runtime.ts'
import { packageJson } from './packageJson.ts'
import { baseOf, type Tree, treeOf } from './tree.ts'

/** A program that reads a file on its standard input and writes it formatted. */
export interface Formatter {
  name: 'prettier' | 'biome' | 'ruff' | 'black' | 'gofmt' | 'rustfmt'
  /** Files it formats. */
  reads: RegExp
  /** Element 0 is an absolute path inside the sandbox. The path is one word, so that none can be an option. */
  argv(path: string): string[]
}

interface Known extends Formatter {
  /** Whether the repository says that it uses it. */
  isUsed(tree: Tree): boolean
}

const hasFile = (tree: Tree, name: RegExp): boolean => tree.paths.some((path) => name.test(baseOf(path)))
const depends = (tree: Tree, name: string): boolean => name in (packageJson(tree, '')?.dependencies ?? {})
const python = (tree: Tree): string =>
  [tree.text('pyproject.toml'), tree.text('setup.cfg'), tree.text('.pre-commit-config.yaml')].join('\n')

const MODULES = '/workspace/node_modules/.bin'
const VENV = '/workspace/.venv/bin'

const KNOWN: Known[] = [
  {
    ...{ name: 'biome', reads: /\.(?:[cm]?[jt]sx?|jsonc?|css)$/ },
    isUsed: (tree) => depends(tree, '@biomejs/biome') || hasFile(tree, /^biome\.jsonc?$/),
    argv: (path) => [`${MODULES}/biome`, 'format', `--stdin-file-path=${path}`],
  },
  {
    ...{ name: 'prettier', reads: /\.(?:[cm]?[jt]sx?|json|css|scss|vue|svelte|html|md|ya?ml)$/ },
    isUsed: (tree) => depends(tree, 'prettier') || hasFile(tree, /^(?:\.prettierrc(?:\.\w+)?|prettier\.config\.\w+)$/),
    argv: (path) => [`${MODULES}/prettier`, `--stdin-filepath=${path}`],
  },
  {
    ...{ name: 'ruff', reads: /\.pyi?$/ },
    isUsed: (tree) => /^\[tool\.ruff\.format\]|^\s*- id: ruff-format/m.test(python(tree)),
    argv: (path) => [`${VENV}/ruff`, 'format', `--stdin-filename=${path}`, '-'],
  },
  {
    ...{ name: 'black', reads: /\.pyi?$/ },
    isUsed: (tree) => /^\[tool\.black\]|^\s*- id: black/m.test(python(tree)),
    argv: (path) => [`${VENV}/black`, '-q', `--stdin-filename=${path}`, '-'],
  },
  // Go and Rust have one each, which everybody uses.
  {
    ...{ name: 'gofmt', reads: /\.go$/ },
    isUsed: (tree) => hasFile(tree, /^go\.mod$/),
    argv: () => ['/usr/bin/gofmt'],
  },
  {
    ...{ name: 'rustfmt', reads: /\.rs$/ },
    isUsed: (tree) => hasFile(tree, /^Cargo\.toml$/),
    argv: () => ['/usr/bin/rustfmt', '--edition', '2021', '--emit', 'stdout'],
  },
]

/** The formatters a repository uses, as its manifest or a settings file of theirs says. */
export function formattersOf(files: ListedFile[]): Formatter[] {
  const tree = treeOf(files)
  return KNOWN.filter(({ isUsed }) => isUsed(tree))
}
