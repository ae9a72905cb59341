import type { DetectedRunner } from '../domain/runtime.ts'
import type { RunnerName } from '../domain/testRun.ts'
import { type Started, startedBy } from './commandLine.ts'
import { makeTargets } from './make.ts'
import type { PackageJson } from './packageJson.ts'
import { below, type Tree } from './tree.ts'
import { isTestSource } from './wanted.ts'

/** Programs by name, and which family reads their results. */
const PROGRAMS: Record<string, RunnerName> = {
  ...{ vitest: 'vitest', jest: 'jest', 'jest-cli': 'jest', 'react-scripts': 'jest', craco: 'jest', tsdx: 'jest' },
  ...{ mocha: 'mocha', _mocha: 'mocha', 'ts-mocha': 'mocha', 'electron-mocha': 'mocha', aegir: 'mocha' },
  ...{ ava: 'ava', tap: 'tap', tape: 'tap', jasmine: 'jasmine', 'jasmine-ts': 'jasmine', borp: 'node-test' },
}
/** Runners that need a browser or report in their own way: only the exit status is read. */
const OTHERS = /^(?:cypress|playwright|wdio|karma|ng|qunit|uvu|lab|testcafe|nightwatch|web-test-runner|wtr|deno|zora)$/
/** What a test file imports, and what that makes it. */
const IMPORTS: [RegExp, RunnerName, string][] = [
  [/(?:from|require\()\s*['"]node:test['"]/, 'node-test', 'node'],
  [/(?:from|require\()\s*['"]vitest['"]/, 'vitest', 'vitest'],
  [/(?:from|require\()\s*['"]@jest\/globals['"]/, 'jest', 'jest'],
  [/(?:from|require\()\s*['"]ava['"]/, 'ava', 'ava'],
  [/(?:from|require\()\s*['"]tape(?:-promise|-await|-catch)?['"]/, 'tap', 'tape'],
  [/(?:from|require\()\s*['"](?:tap|@tapjs\/[\w-]+|libtap)['"]/, 'tap', 'tap'],
]
const SOURCES_MAX = 200
/** What Node tries behind a name. */
const ENDINGS = ['', '.js', '.cjs', '.mjs', '.ts', '/index.js']

/** Runners that a command line starts, those of package scripts and of the Makefile included. */
export function runnersOf(line: string, pkg: PackageJson | null, tree: Tree, folder: string): DetectedRunner[] {
  const started = startedBy(line, pkg?.scripts ?? {})
  const made = started.flatMap(({ program, words }) => (program === 'make' ? recipe(words, tree, folder) : []))
  const all = [...started, ...startedBy(made.join('\n'), pkg?.scripts ?? {})]
  return unique(all.flatMap((one) => runnerOf(one, tree, folder)))
}

function recipe(words: string[], tree: Tree, folder: string): string[] {
  const targets = makeTargets(tree, folder)
  const named = words.slice(words.indexOf('make') + 1).filter((word) => targets.has(word))
  const [first] = targets.keys()
  return (named.length > 0 ? named : first === undefined ? [] : [first]).flatMap((target) => targets.get(target) ?? [])
}

function runnerOf({ program, words, via }: Started, tree: Tree, folder: string): DetectedRunner[] {
  const where = via.length === 0 ? 'the command' : `package.json: the script ${via.at(-1)}`
  const runner = Object.hasOwn(PROGRAMS, program) ? PROGRAMS[program] : undefined
  if (program === 'bun' && words.includes('test'))
    return [{ runner: 'command', program, why: `${where} runs bun test` }]
  if (runner) return starts(program, words) ? [{ runner, program, why: `${where} runs ${program}` }] : []
  if (program === 'vue-cli-service' && words.includes('test:unit')) {
    return [{ runner: 'jest', program, why: `${where} runs vue-cli-service test:unit` }]
  }
  if (words.includes('--test') && /^(?:node|tsx|ts-node|esno)$/.test(program)) {
    return [{ runner: 'node-test', program: 'node', why: `${where} runs node --test` }]
  }
  if (OTHERS.test(program))
    return [{ runner: 'command', program, why: `${where} runs ${program}, read by its exit status` }]
  // `node test/index.js`: what the file imports decides.
  const file = words
    .flatMap((word) => ENDINGS.map((ending) => word.replace(/^\.\//, '').replace(/\/$/, '') + ending))
    .find((word) => isTestSource(word) && tree.has(inside(folder, word)))
  return file !== undefined && /^(?:node|tsx|ts-node)$/.test(program)
    ? imported(tree.text(inside(folder, file))).map(({ runner, program }) => ({
        ...{ runner, program },
        why: `${where} runs ${file}, which imports ${module(program)}`,
      }))
    : []
}

/** `react-scripts build` and `craco start` start no tests. */
const starts = (program: string, words: string[]): boolean =>
  !['react-scripts', 'craco', 'tsdx', 'aegir'].includes(program) || words.includes('test')

const inside = (folder: string, path: string): string => (folder === '' ? path : `${folder}/${path}`)

/** Runners by what the tests of a folder import, the most used first. */
export function runnersByImport(tree: Tree, folder: string): DetectedRunner[] {
  const counts = new Map<string, { found: DetectedRunner; files: number }>()
  for (const path of below(tree, folder).filter(isTestSource).slice(0, SOURCES_MAX)) {
    for (const { runner, program } of imported(tree.text(path))) {
      const found = { runner, program, why: `${path} imports ${module(program)}` }
      const before = counts.get(program)
      counts.set(program, { found: before?.found ?? found, files: (before?.files ?? 0) + 1 })
    }
  }
  return [...counts.values()].sort((a, b) => b.files - a.files).map(({ found }) => found)
}

const module = (program: string): string => (program === 'node' ? 'node:test' : program)

const imported = (text: string) =>
  IMPORTS.filter(([pattern]) => pattern.test(text)).map(([, runner, program]) => ({ runner, program }))

export function unique(runners: DetectedRunner[]): DetectedRunner[] {
  const seen = new Set<string>()
  return runners.filter(({ program }) => !seen.has(program) && seen.add(program))
}
