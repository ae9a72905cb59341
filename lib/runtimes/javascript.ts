import type { DetectedRunner, DetectedRuntime } from '../domain/runtime.ts'
import { startedBy } from './commandLine.ts'
import { buildCommand } from './javascriptBuild.ts'
import { runnersByImport, runnersOf, unique } from './javascriptRunners.ts'
import { formatCommand, installCommand, lintCommand, nodeEngines, typeCommand } from './javascriptTools.ts'
import { membersOf } from './javascriptWorkspaces.ts'
import { makeTargets, makeTest } from './make.ts'
import { type PackageJson, packageJson } from './packageJson.ts'
import { baseOf, below, projectFolders, type Tree, within } from './tree.ts'
import { isTestSource } from './wanted.ts'

/** Scripts that run tests and end by themselves; `test` is taken first unless it watches or needs a browser. */
const SCRIPTS = ['test', 'test:unit', 'unit', 'test:ci', 'ci:test', 'tests', 'test-only', 'test:node', 'mocha', 'jest']
const PLACEHOLDER = /no tests? (?:specified|yet|available)/i
/** Runners by dependency, with the command that starts them where no script does. */
const BY_DEPENDENCY: [string, DetectedRunner['runner'], string][] = [
  ['vitest', 'vitest', 'npx vitest run'],
  ['jest', 'jest', 'npx jest'],
  ['mocha', 'mocha', 'npx mocha'],
  ['ava', 'ava', 'npx ava'],
  ['tap', 'tap', 'npx tap'],
  ['tape', 'tap', 'npx tape "test/**/*.js"'],
  ['jasmine', 'jasmine', 'npx jasmine'],
]

/** `given` is the person's own command; it counts for the project at the root. */
export function detectJavascript(tree: Tree, given: string | null): DetectedRuntime[] {
  const folders = projectFolders(tree, (name) => name === 'package.json')
  if (folders.length === 0 && below(tree, '').some((path) => /\.[cm]?[jt]s$/.test(path) && isTestSource(path))) {
    return [runtimeOf(tree, '', BARE, given)].filter(({ runners }) => runners.length > 0)
  }
  return folders.map((folder) =>
    runtimeOf(tree, folder, packageJson(tree, folder) ?? BARE, folder === '' ? given : null),
  )
}

const BARE: PackageJson = {
  ...{ name: '', scripts: {}, dependencies: {}, engines: {}, workspaces: [], main: '', type: '', manager: '' },
  has: () => false,
}

function runtimeOf(tree: Tree, folder: string, pkg: PackageJson, given: string | null): DetectedRuntime {
  const members = membersOf(tree, folder, pkg)
  const found = testOf(tree, folder, pkg, given, members)
  const put = (command: string | null) => within(folder, command)
  return {
    ...{ runtime: 'javascript', folder, members, runners: found.runners },
    // What was given is a line for the root already.
    test: given ?? put(found.test),
    install: put(installCommand(tree, folder, pkg)),
    build: found.test === null ? null : put(buildCommand(tree, folder, pkg, found.test)),
    types: put(typeCommand(tree, folder, pkg)),
    lint: put(lintCommand(tree, folder, pkg)),
    format: put(formatCommand(tree, folder, pkg)),
    start: put(startOf(pkg)),
    engines: nodeEngines(tree, folder, pkg),
  }
}

/** `next start` and the like serve what was built; a script named start is the plain case. */
const startOf = (pkg: PackageJson): string | null => (Object.hasOwn(pkg.scripts, 'start') ? 'npm start' : null)

function testOf(tree: Tree, folder: string, pkg: PackageJson, given: string | null, members: string[]) {
  const test = given ?? scripted(tree, folder, pkg)
  const named = test === null ? [] : runnersOf(test, pkg, tree, folder)
  if (named.length > 0) return { test, runners: named }
  const tested = members.flatMap((member) => {
    const inner = packageJson(tree, member)
    const line = inner && scripted(tree, member, inner)
    const runners = line ? runnersOf(line, inner, tree, member) : []
    const below = folder === '' ? member : member.slice(folder.length + 1)
    return line && runners.length > 0 ? [{ member, runners, command: within(below, line)! }] : []
  })
  const inMembers = tested.flatMap(({ member, runners }) =>
    runners.map((one) => ({ ...one, why: `${member}/${one.why}` })),
  )
  const byFiles = [...inMembers, ...byDependency(pkg), ...runnersByImport(tree, folder)]
  if (test !== null) {
    const other = {
      runner: 'command' as const,
      program: baseOf(test.split(' ')[0] ?? ''),
      why: 'no runner was recognised',
    }
    return { test, runners: byFiles.length > 0 ? unique(byFiles) : [other] }
  }
  const commands = tested.map(({ command }) => command)
  return { test: commands.length > 0 ? eachOf(pkg, commands) : fallback(pkg, byFiles), runners: unique(byFiles) }
}

/** The script a person would run, or the Makefile's target. */
function scripted(tree: Tree, folder: string, pkg: PackageJson): string | null {
  const usable = SCRIPTS.filter(
    (name) => Object.hasOwn(pkg.scripts, name) && !PLACEHOLDER.test(pkg.scripts[name] ?? ''),
  )
  const ends = usable.filter((name) => !waits(pkg.scripts[name] ?? '', pkg))
  const name = ends[0] ?? usable[0]
  if (name !== undefined) return name === 'test' ? 'npm test' : `npm run ${name}`
  return makeTest(makeTargets(tree, folder), /\b(?:mocha|jest|vitest|ava|tap|tape|jasmine|node|npm|npx|yarn)\b/)
}

/** Watches, or opens a browser: no answer would come of it in a sandbox. */
const waits = (line: string, pkg: PackageJson): boolean =>
  startedBy(line, pkg.scripts).some(
    ({ program, words }) =>
      words.some((word) => /^--watch(?:All)?$/.test(word)) ||
      /^(?:cypress|playwright|wdio|karma|ng|nodemon)$/.test(program),
  )

const byDependency = (pkg: PackageJson): DetectedRunner[] =>
  BY_DEPENDENCY.filter(([name]) => Object.hasOwn(pkg.dependencies, name)).map(([program, runner]) => ({
    ...{ runner, program },
    why: `package.json: ${program} is a dependency`,
  }))

/** All members, also behind one that fails; npm knows those of its own kind of workspace alone. */
function eachOf(pkg: PackageJson, commands: string[]): string {
  if (pkg.workspaces.length > 0) return 'npm test --workspaces --if-present'
  if (commands.length === 1) return commands[0]!
  return `failed=0; ${commands.map((command) => `(${command}) || failed=1; `).join('')}exit $failed`
}

function fallback(pkg: PackageJson, runners: DetectedRunner[]): string | null {
  if (runners.length === 0) return null
  const installed = BY_DEPENDENCY.find(
    ([name]) => name === runners[0]?.program && Object.hasOwn(pkg.dependencies, name),
  )
  return installed?.[2] ?? (runners[0]?.runner === 'node-test' ? 'node --test' : null)
}
