import ts from 'typescript'
import type { SearchInput, Suspect } from '../../domain/repair.ts'
import type { Coverage } from '../../domain/testRun.ts'
import { reachOf } from './reach.ts'
import { isRepairable } from './repository.ts'
import { namesInTest } from './testText.ts'
import { type Unit, unitsOf } from './units.ts'

export interface Observed extends Pick<SearchInput, 'files' | 'failures'> {
  /** What runs of failing tests executed, one an entry; empty where nobody measured. */
  failing: Coverage[]
  /** What runs of passing tests executed. */
  passing: Coverage[]
}

/** What each step away from the functions a test names leaves of their weight. */
const STEP = 0.72
/** Code the failing run executed, but that nothing the test names leads to. */
const UNNAMED = 0.12
/** Imports and what else stands outside of every function. */
const TOP = 0.3

/**
 * Lines ordered by how suspicious the failures make them: Ochiai on what failing and passing runs executed, times how near
 * a line's function is to the names the failing test mentions, raised for functions on the stack. Without coverage names
 * and imports decide alone. Weights from 0 to 1; tests, configuration and generated files are left out.
 */
export function suspectsOf({ files, failures, failing, passing }: Observed): Suspect[] {
  const units: Unit[] = []
  const lengths = new Map<string, number>()
  const starts = failures.flatMap(({ file, failure }) => [
    ...(file ? [file] : []),
    ...failure.frames.map(({ path }) => path),
  ])
  const reach = reachOf(
    files,
    starts.filter((path) => path in files),
  )
  const known = [...reach.keys()].some((path) => isRepairable(path, files[path] ?? ''))
  for (const [path, text] of Object.entries(files)) {
    if (!isRepairable(path, text) || (known && failing.length === 0 && !reach.has(path))) continue
    const file = ts.createSourceFile(`/${path}`, text, ts.ScriptTarget.ESNext, true)
    units.push(...unitsOf(path, file))
    lengths.set(path, file.getLineStarts().length)
  }
  const near = nearness(
    units,
    failures.map((one) => namesInTest(files, one)),
    reach,
  )
  const found: Suspect[] = []
  for (const [path, length] of lengths) {
    const byLine = weightsOf(
      units.filter((unit) => unit.path === path),
      near,
      length,
      failing.length > 0,
    )
    for (let line = 1; line <= length; line += 1) {
      const ran = ochiai(path, line, failing, passing)
      const weight = byLine[line]! * ran * boost(path, line, failures, units)
      if (weight > 0.02) found.push({ path, line, weight })
    }
  }
  return scaled(found)
}

const scaled = (all: Suspect[]): Suspect[] => {
  const most = all.reduce((high, { weight }) => Math.max(high, weight), 0)
  return all.map((one) => ({ ...one, weight: one.weight / most })).sort((a, b) => b.weight - a.weight)
}

/** How near each unit is to what the tests mention: 1 for a function an assertion calls. */
function nearness(units: Unit[], names: Map<string, number>[], reach: Map<string, number>): Map<Unit, number> {
  const near = new Map<Unit, number>()
  const raise = (unit: Unit, weight: number): boolean => {
    if (weight <= (near.get(unit) ?? 0)) return false
    near.set(unit, weight)
    return true
  }
  for (const unit of units) {
    const said = unit.name === null ? 0 : Math.max(0, ...names.map((each) => each.get(unit.name!) ?? 0))
    const entry = unit.exported && unit.name === null && reach.get(unit.path) === 1 ? 0.8 : 0
    raise(unit, Math.max(said, entry))
  }
  const byName = new Map<string | null, Unit[]>()
  for (const unit of units) byName.set(unit.name, [...(byName.get(unit.name) ?? []), unit])
  const queue = [...near.keys()].filter((unit) => near.get(unit)! > 0)
  for (const unit of queue) {
    for (const name of unit.mentions) {
      for (const next of byName.get(name) ?? []) {
        // A name of the same file is meant before one of another.
        const step = next.path === unit.path ? STEP : STEP * 0.9
        if (next !== unit && raise(next, near.get(unit)! * step) && near.get(next)! > 0.1) queue.push(next)
      }
    }
  }
  return near
}

/** Weight by line, index 0 unused: the innermost unit's, at least three fifths of the function's around it. */
function weightsOf(units: Unit[], near: Map<Unit, number>, length: number, measured: boolean): number[] {
  // A file that only passes names on has no functions of its own.
  const highest = Math.max(0.4, ...units.map((unit) => near.get(unit) ?? 0))
  const weights = new Array<number>(length + 1).fill(Math.max(TOP * highest, measured ? UNNAMED : 0))
  const outer = new Array<number>(length + 1).fill(0)
  for (const unit of units) {
    const own = Math.max(near.get(unit) ?? 0, measured ? UNNAMED : 0)
    for (let line = unit.from; line <= unit.to && line <= length; line += 1) {
      weights[line] = Math.max(own, outer[line]! * 0.6)
      if (!unit.holds) outer[line] = weights[line]!
    }
  }
  return weights
}

/** The line's count in a run; undefined where the run says nothing of the line. */
function ranIn(coverage: Coverage, path: string, line: number): number | undefined {
  const spans = coverage[path]
  if (!spans) return 0
  for (let at = 0; at + 2 < spans.length; at += 3) {
    if (spans[at]! <= line && line <= spans[at + 1]!) return spans[at + 2]
  }
  return undefined
}

/** Ochiai's coefficient of a line; 1 where nobody measured. A line a run says nothing of is no statement, and counts half. */
function ochiai(path: string, line: number, failing: Coverage[], passing: Coverage[]): number {
  if (failing.length === 0) return 1
  const counts = failing.map((run) => ranIn(run, path, line))
  if (counts.every((count) => count === undefined)) return 0.5
  const bad = counts.filter((count) => count !== undefined && count > 0).length
  const good = passing.filter((run) => (ranIn(run, path, line) ?? 0) > 0).length
  return bad === 0 ? 0 : bad / Math.sqrt(failing.length * (bad + good))
}

/** What the stack names: the line itself, and the function it stands in. */
function boost(path: string, line: number, failures: SearchInput['failures'], units: Unit[]): number {
  let most = 1
  for (const { failure } of failures) {
    for (const frame of failure.frames) {
      if (frame.path !== path) continue
      if (frame.line === line) most = Math.max(most, 1.6)
      const around = units.some(
        (unit) =>
          unit.path === path &&
          !unit.holds &&
          unit.from <= line &&
          line <= unit.to &&
          unit.from <= frame.line &&
          frame.line <= unit.to,
      )
      if (around) most = Math.max(most, 1.25)
    }
  }
  return most
}
