import type { DetectedRuntime, Detection, ListedFile, RuntimeName } from '../domain/runtime.ts'
import { simpleCommands } from './commandLine.ts'
import { detectGo } from './go.ts'
import { detectJava } from './java.ts'
import { detectJavascript } from './javascript.ts'
import { makeTargets } from './make.ts'
import { detectPython } from './python.ts'
import { detectRust } from './rust.ts'
import { detectServices } from './services.ts'
import { type Tree, treeOf } from './tree.ts'

/** Whose programs a command starts. */
const STARTS: [RuntimeName, RegExp][] = [
  ['python', /^(?:python[\d.]*|pytest|py\.test|tox|nox|poetry|pipenv|uv|hatch|pdm|coverage|\.?\/?manage\.py)$/],
  ['go', /^(?:go|gotestsum|richgo)$/],
  ['rust', /^cargo$/],
  ['java', /^(?:\.\/)?(?:mvnw?|gradlew?)$/],
  ['javascript', /^(?:npm|npx|node|yarn|pnpm|bun|vitest|jest|mocha|ava|tap|tape|jasmine|tsx|deno)$/],
]
const SOURCES: Record<RuntimeName, RegExp> = {
  ...{
    javascript: /\.[cm]?[jt]sx?$/,
    python: /\.py$/,
    go: /\.go$/,
    java: /\.(?:java|kt|groovy|scala)$/,
    rust: /\.rs$/,
  },
}

/** Whether a path is source of a runtime, and lies where its manifest does or below. */
export const isSourceOf = ({ runtime, folder }: DetectedRuntime, path: string): boolean =>
  SOURCES[runtime].test(path) && (folder === '' || path.startsWith(`${folder}/`))

/**
 * What a repository is written in and how its tests are run. Most files are told by their path alone.
 *
 * @param command the person's own test command, run at the root; decides what comes first. Null: the repository's own.
 */
export function detect(files: ListedFile[], command: string | null): Detection {
  const tree = treeOf(files)
  const named = command === null ? null : languageOf(command, tree)
  const line = (name: RuntimeName) => (named === name ? command : null)
  const runtimes = [
    ...detectJavascript(tree, line('javascript')),
    ...detectPython(tree, line('python')),
    ...detectGo(tree, line('go')),
    ...detectJava(tree, line('java')),
    ...detectRust(tree, line('rust')),
  ]
  const rank = ranked(tree, named)
  runtimes.sort((a, b) => rank(b) - rank(a))
  return {
    runtimes,
    services: detectServices(tree),
    test: command ?? runtimes.find(({ test }) => test !== null)?.test ?? null,
  }
}

/** Through the Makefile where the command is one of its targets; null when no word of it is known. */
function languageOf(command: string, tree: Tree): RuntimeName | null {
  const target = /^make(?: ([\w.-]+))?$/.exec(command.trim())
  const targets = makeTargets(tree, '')
  const lines = target ? (targets.get(target[1] ?? [...targets.keys()][0] ?? '') ?? []).join('\n') : command
  for (const words of simpleCommands(lines)) {
    const found = STARTS.find(([, programs]) => words.some((word) => programs.test(word)))
    if (found) return found[0]
  }
  return null
}

/** First whom the command names, then who has tests, then the root's, then how much is written in it. */
function ranked(tree: Tree, named: RuntimeName | null): (one: DetectedRuntime) => number {
  const counts = new Map<RuntimeName, number>()
  for (const [name, pattern] of Object.entries(SOURCES)) {
    counts.set(name as RuntimeName, tree.paths.filter((path) => pattern.test(path)).length)
  }
  const most = tree.paths.length + 1
  return ({ runtime, folder, test }) =>
    (runtime === named ? 8 : 0) + (test === null ? 0 : 4) + (folder === '' ? 2 : 0) + (counts.get(runtime) ?? 0) / most
}
