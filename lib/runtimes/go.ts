import type { DetectedRuntime } from '../domain/runtime.ts'
import { makeTargets, makeTest } from './make.ts'
import { below, join, projectFolders, type Tree, within } from './tree.ts'

export function detectGo(tree: Tree, given: string | null): DetectedRuntime[] {
  const folders = projectFolders(tree, (name) => name === 'go.mod' || name === 'go.work')
  return folders.map((folder) => runtimeOf(tree, folder, folder === '' ? given : null))
}

function runtimeOf(tree: Tree, folder: string, given: string | null): DetectedRuntime {
  const module = tree.text(join(folder, 'go.mod'))
  const work = tree.text(join(folder, 'go.work'))
  const members = used(work).map((member) => join(folder, member))
  const tests = below(tree, folder).find((path) => path.endsWith('_test.go'))
  const target = makeTest(makeTargets(tree, folder), /\bgo test\b/)
  // A workspace has no module at its root, and `./...` there would match nothing.
  const everywhere = members.length > 0 && module === '' ? used(work).map((member) => `./${member}/...`) : ['./...']
  const version = /^go\s+([\d.]+(?:rc\d+)?)/m.exec(module || work)?.[1]
  const requires = /^\s*(?:require\s+)?[\w.-]+\.[\w.-]+\/\S+ v\d/m.test(module)
  const lint = ['.golangci.yml', '.golangci.yaml', '.golangci.toml'].some((name) => tree.has(join(folder, name)))
  const put = (command: string | null) => within(folder, command)
  return {
    ...{ runtime: 'go', folder, members, build: null, start: null },
    runners: tests ? [{ runner: 'go', program: 'go', why: `${tests} is a test of Go's` }] : [],
    test: given ?? put(tests ? (target ?? `go test ${everywhere.join(' ')}`) : null),
    install: put(requires && !tree.has(join(folder, 'vendor/modules.txt')) ? 'go mod download' : null),
    types: put('go build ./...'),
    lint: put(lint ? 'golangci-lint run' : 'go vet ./...'),
    format: 'gofmt -w',
    engines: version === undefined ? {} : { go: version },
  }
}

/** Members in `use ./a` and `use ( … )`. */
function used(text: string): string[] {
  const found: string[] = []
  let inside = false
  for (const raw of text.split('\n')) {
    const line = raw.replace(/\/\/.*$/, '').trim()
    if (/^use\s*\($/.test(line)) inside = true
    else if (line === ')') inside = false
    else if (inside || line.startsWith('use ')) found.push(line.replace(/^use\s+/, '').replace(/^\.\//, ''))
  }
  return found.filter((member) => member !== '' && member !== '.').slice(0, 100)
}
