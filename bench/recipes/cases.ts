import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { placesOf } from './operators/index.ts'
import { isValid, mutated, OPERATORS, type Operator, type Place } from './operators/place.ts'
import { askPython } from './operators/python.ts'
import type { Suite } from './package.ts'
import { drawFrom } from './seed.ts'

export interface Mutant extends Place {
  suite: Suite
  path: string
  original: string
  made: string
}

export interface Case {
  index: number
  operator: Operator
  mutant: Mutant
  /** Mutants drawn before this one that the given tests did not notice. */
  survived: number
}

export type Places = Record<Operator, { suite: Suite; at: { path: string; place: Place }[] }[]>

/** All places of all suites, by operator; a suite without one of an operator is not listed there. */
export function allPlaces(suites: Suite[]): Places {
  const listed = suites.map((suite) => ({ suite, at: placesIn(suite) }))
  const of = (operator: Operator) =>
    listed
      .map(({ suite, at }) => ({ suite, at: at.filter(({ place }) => place.operator === operator) }))
      .filter(({ at }) => at.length > 0)
  return Object.fromEntries(OPERATORS.map((operator) => [operator, of(operator)])) as Places
}

function placesIn({ tree, sources, language }: Suite) {
  const texts = Object.fromEntries(sources.map((path) => [path, readFileSync(join(tree, path), 'utf8')]))
  const found =
    language === 'python'
      ? askPython(texts).places
      : Object.fromEntries(sources.map((path) => [path, placesOf(path, texts[path]!)]))
  return sources.flatMap((path) => (found[path] ?? []).map((place) => ({ path, place })))
}

const MOST_MUTANTS = 60
const MOST_DRAWS = 5000

/**
 * Case `index` of a seed: first the operator, then the package, then the place, each uniform; a mutant nobody notices is
 * drawn again within the operator, so that the operators stay even. `names` are all packages of the bench: one that is not
 * ready here, or has no place, is drawn and passed over, so that the cases of the others are the same on every machine.
 * Null where none of sixty mutants was noticed.
 */
export async function drawCase(
  seed: string,
  index: number,
  { places, names, only }: { places: Places; names: readonly string[]; only: Operator | null },
  isNoticed: (mutant: Mutant) => Promise<boolean>,
): Promise<Case | null> {
  const draw = drawFrom(`${seed}:${index}`)
  let operator = only ?? draw.pick(OPERATORS)
  while (!only && places[operator].length === 0) operator = draw.pick(OPERATORS)
  let survived = 0
  for (let n = 0; n < MOST_DRAWS && survived < MOST_MUTANTS; n++) {
    const name = draw.pick(names)
    const found = places[operator].find((one) => one.suite.name === name)
    if (!found) continue
    const { suite, at } = found
    const { path, place } = draw.pick(at)
    const original = readFileSync(join(suite.tree, path), 'utf8')
    const made = mutated(original, place)
    if (suite.language === 'js' && !isValid(path, made)) continue
    const mutant = { ...place, suite, path, original, made }
    if (await isNoticed(mutant)) return { index, operator, mutant, survived }
    survived++
  }
  return null
}
