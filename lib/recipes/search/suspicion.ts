import ts from 'typescript'
import type { SearchInput, Suspect } from '../../domain/repair.ts'
import type { Coverage } from '../../domain/testRun.ts'
import { reachOf } from './reach.ts'
import { isRepairable } from './repository.ts'
import { onStack, spectrumOf } from './spectrum.ts'
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
    const own = units.filter((unit) => unit.path === path)
    const byLine = weightsOf(own, near, length, failing.length > 0)
    const ran = spectrumOf(path, length, failing, passing)
    const named = onStack(path, length, failures, own)
    for (let line = 1; line <= length; line += 1) {
      const weight = byLine[line]! * ran[line]! * named[line]!
      if (weight > 0.02) found.push({ path, line, weight })
    }
  }
  // Coverage that names none of the sources, as of a build, says nothing about them.
  if (found.length === 0 && failing.length > 0) return suspectsOf({ files, failures, failing: [], passing: [] })
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
