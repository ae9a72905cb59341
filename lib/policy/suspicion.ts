import type { Suspect } from '../domain/repair.ts'
import type { Coverage, TestCase } from '../domain/testRun.ts'
import { foldPath } from './paths.ts'
import { saysNothing } from './saysNothing.ts'
import { isTest } from './testPaths.ts'

export interface SuspicionFacts {
  /** The failing tests. */
  targets: TestCase[]
  /** What they ran, alone. */
  failing: Coverage | null
  /** What the whole suite ran. */
  all: Coverage | null
  /** What some of the failing and of the passing tests ran, each alone; empty where nobody looked. */
  single: { failing: Coverage[]; passing: Coverage[] }
  texts: Record<string, string>
}

/** A place in the stack says more than having been run: the innermost most. */
const FRAME = [1, 0.8, 0.7, 0.6, 0.5]
/** Lines a search can make something of. */
const MOST = 1500
/** Passing tests below this number say too little of which lines are ordinary. */
const FEW = 3
/** Calls of a function by the failing test itself, in its own words. */
const NAMED = 1.4

/**
 * Where the fault may be. By coverage it is Ochiai's measure (Abreu, Zoeteweij, van Gemund 2007): a line that only failing
 * tests run is more suspicious than one that every test runs. Where single tests were run alone it is taken over them,
 * else over counts, √(failing ÷ all). Places of the stack come first, whatever the coverage says. Tests, and what is not
 * code, are no suspects.
 */
export function suspectsOf({ targets, failing, all, single, texts }: SuspicionFacts): Suspect[] {
  const weights = new Map<string, Suspect>()
  const add = (path: string, line: number, weight: number) => {
    if (!isCode(path) || !(path in texts)) return
    const key = `${path}:${line}`
    const known = weights.get(key)
    if (!known || known.weight < weight) weights.set(key, { path, line, weight: Math.min(1, weight) })
  }
  for (const { failure } of targets) {
    const frames = failure?.frames.filter(({ path }) => isCode(path)) ?? []
    for (const [at, { path, line }] of frames.entries()) add(path, line, FRAME[at] ?? 0.4)
  }
  const named = wordsOf(targets.map(({ file }) => (file && texts[file]) || '').join('\n'))
  for (const [path, ranges] of Object.entries(failing ?? {})) {
    const whole = all?.[path]
    const lines = texts[path]?.split('\n') ?? []
    let inNamed = false
    for (let at = 0; at + 2 < ranges.length; at += 3) {
      for (let line = ranges[at]!; line <= ranges[at + 1]!; line++) {
        const text = lines[line - 1] ?? ''
        if (/^[^\s)}\]]/.test(text)) inNamed = definesNamed(text, named)
        const count = ranges[at + 2]!
        if (count === 0 || saysNothing(path, text)) continue
        const counted = Math.sqrt(count / Math.max(count, whole ? countAt(whole, line) : count))
        const weight = 0.5 * (ochiaiAt(single, path, line) ?? counted)
        add(path, line, inNamed ? weight * NAMED : weight)
      }
    }
  }
  return [...weights.values()].sort((a, b) => b.weight - a.weight).slice(0, MOST)
}

const CODE = /\.(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|php|vue|svelte)$/
const isCode = (path: string): boolean => CODE.test(path) && !isTest(foldPath(path))

function countAt(ranges: number[], line: number): number {
  for (let at = 0; at + 2 < ranges.length; at += 3)
    if (line >= ranges[at]! && line <= ranges[at + 1]!) return ranges[at + 2]!
  return 0
}

/** Null where too few tests were run alone to tell anything. */
function ochiaiAt({ failing, passing }: SuspicionFacts['single'], path: string, line: number): number | null {
  if (failing.length === 0 || passing.length < FEW) return null
  const ran = (runs: Coverage[]) => runs.filter((run) => run[path] && countAt(run[path], line) > 0).length
  const failed = ran(failing)
  return failed / Math.sqrt(failing.length * (failed + ran(passing)) || 1)
}

const wordsOf = (text: string): Set<string> => new Set(text.match(/[A-Za-z_$][\w$]{2,60}/g) ?? [])

/** A line that begins the definition of something the test names. */
function definesNamed(text: string, named: Set<string>): boolean {
  const name = /(?:function\*?|class|def|const|let|var|func|fn)\s+([\w$]+)|(?:exports|module)\.([\w$]+)\s*=/.exec(text)
  return name !== null && named.has(name[1] ?? name[2] ?? '')
}
