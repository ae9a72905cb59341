import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A small faulty repository: what a repair sees, and two folders beside it that it must not. */
export interface Project {
  /** `language/name`. */
  name: string
  folder: string
  command: string
  /** Files as they stand, paths from the project's root. */
  visible: string[]
  /** Texts that mend it, by path. */
  truth: Record<string, string>
  /** Tests that are hidden, by the path they belong to. */
  heldOut: Record<string, string>
}

const HIDDEN = ['truth', 'held-out']
/** What a build or a run leaves behind is not part of a project, and `command` says how it is tested. */
const NOT_OURS = /(^|\/)(node_modules|__pycache__|target|\.git|\.pytest_cache)(\/|$)|^command$/

/** The folders two levels down that hold a `truth/`, in order. */
export function projectsIn(root: string): Project[] {
  if (!existsSync(root)) return []
  return folders(root).flatMap((language) =>
    folders(join(root, language))
      .filter((name) => existsSync(join(root, language, name, 'truth')))
      .map((name) => project(`${language}/${name}`, join(root, language, name))),
  )
}

function project(name: string, folder: string): Project {
  const visible = filesIn(folder).filter((path) => !HIDDEN.includes(path.split('/')[0]!))
  const placed = Object.entries(textsIn(join(folder, 'held-out'))).map(([path, text]) => [home(path, visible), text])
  return {
    ...{ name, folder, visible, command: commandOf(folder) },
    truth: textsIn(join(folder, 'truth')),
    heldOut: Object.fromEntries(placed),
  }
}

/** A held-out test that names no folder belongs beside the tests that are there. */
function home(path: string, visible: string[]): string {
  if (path.includes('/')) return path
  const tests = visible.filter((one) => /(^|[._/-])(test|spec)s?([._-]|$)/i.test(basename(one)))
  return join(tests[0] ? dirname(tests[0]) : '.', path)
}

const BUILDS: [file: string, command: string][] = [
  ['package.json', 'npm test'],
  ['go.mod', 'go test ./...'],
  ['Cargo.toml', 'cargo test --offline'],
  ['pom.xml', 'mvn -o -q test'],
]

/** What the file `command` says; else what the build file means; else Python's own runner. */
function commandOf(folder: string): string {
  const named = join(folder, 'command')
  if (existsSync(named)) return readFileSync(named, 'utf8').trim()
  return BUILDS.find(([file]) => existsSync(join(folder, file)))?.[1] ?? 'python3 -m unittest discover -s tests -t .'
}

const folders = (root: string): string[] =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()

export function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !NOT_OURS.test(path))
    .sort()
}

const textsIn = (folder: string): Record<string, string> =>
  Object.fromEntries(filesIn(folder).map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
