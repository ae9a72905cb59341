import { join, relative } from 'node:path'
import type { Asked } from '../asked.ts'

/** Options of `go test` that take their value from the next word. */
const VALUED =
  /^--?(?:test\.)?(?:run|skip|bench|benchtime|count|timeout|coverprofile|covermode|coverpkg|tags|p|parallel|cpu|o|exec|mod|modfile|ldflags|gcflags|asmflags|vet|outputdir|cpuprofile|memprofile|blockprofile|mutexprofile|trace|list|shuffle|fuzz|fuzztime|overlay|pkgdir|toolexec|installsuffix|buildmode|compiler)$/

/**
 * `test -v ./...` as we want it: a report in JSON, a profile where coverage is asked for, and only the tests asked for.
 * Other words stay as they are. A package without any of the tests asked for runs none.
 */
export function goArguments(
  args: string[],
  { only, coverage, workspace }: Asked,
  cwd: string,
  profile: string,
): string[] {
  const [verb = 'test', ...words] = args
  const { options, packages, rest } = parted(words)
  const added = ['-json']
  if (coverage) {
    const atomic = options.some((word) => /^--?race(?:=true)?$/.test(word))
    added.push(`-coverprofile=${profile}`, `-covermode=${atomic ? 'atomic' : 'count'}`, '-coverpkg=./...')
  }
  if (only === null) return [verb, ...options, ...added, ...packages, ...rest]
  const folders = [...new Set(only.map(({ file }) => (file === null ? null : folderFrom(workspace, file, cwd))))]
  const named = folders.filter((folder) => folder !== null)
  return [
    ...[verb, ...without(options, 'run'), ...added, '-run', pattern(only.map(({ titles }) => titles))],
    ...(named.length === folders.length && named.length > 0 ? named : packages),
    ...rest,
  ]
}

function parted(words: string[]) {
  const options: string[] = []
  const packages: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (/^--?args$/.test(word)) return { options, packages, rest: words.slice(at) }
    if (!word.startsWith('-')) packages.push(word)
    else {
      options.push(word)
      if (VALUED.test(word) && at + 1 < words.length) options.push(words[++at] as string)
    }
  }
  return { options, packages, rest: [] }
}

function without(options: string[], name: string): string[] {
  const bare = new RegExp(`^--?(?:test\\.)?${name}$`)
  const joined = new RegExp(`^--?(?:test\\.)?${name}=`)
  return options.filter((word, at) => !bare.test(word) && !joined.test(word) && !bare.test(options[at - 1] ?? ''))
}

/** `./pkg/shop` as seen from where the command runs; null for a folder outside of it. */
function folderFrom(workspace: string, file: string, cwd: string): string | null {
  const path = relative(cwd, join(workspace, file, '..'))
  return path.startsWith('..') ? null : `./${path}`
}

/** Names level by level: Go has no list of whole names, so a few more subtests may run than were asked for. */
function pattern(names: string[][]): string {
  const depth = Math.min(...names.map((titles) => titles.length))
  const levels = Array.from({ length: depth }, (_, level) => [
    ...new Set(names.map((titles) => titles[level] as string)),
  ])
  // A subtest's own name may hold slashes, at which Go would split.
  return levels
    .flatMap((some) => (some.some((name) => name.includes('/')) ? [] : [`^(?:${some.map(escaped).join('|')})$`]))
    .join('/')
}

const escaped = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
