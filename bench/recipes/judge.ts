import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case, Mutant } from './cases.ts'
import type { Suite } from './package.ts'
import { applied, type Repaired } from './repair.ts'
import { layOut, runCommand, wallOf } from './suite.ts'

export interface Verdict {
  index: number
  operator: string
  package: string
  path: string
  line: number
  was: string
  became: string
  survived: number
  outcome: Repaired['outcome']
  /** Proven, and the whole suite, held-out tests included, does not pass with it. */
  escaped: boolean
  /** The original's text, letter by letter. */
  exact: boolean
  /** What the repair changed, with its new text where it is not the original's. */
  changed: string[]
  /** Each candidate that passed what the repair was given, and whether it passes what was held out. */
  candidates: { recipe: string; summary: string; score: number | null; chosen: boolean; right: boolean }[]
  search: object | null
  why: string
  ms: number
}

/** Whether the tests as given fail with the mutant, twice: what fails once may be a test that sometimes does. */
export async function isNoticed({ suite, path, made }: Mutant, folder: string): Promise<boolean> {
  layOut(suite, folder, suite.given, { [path]: made })
  for (let n = 0; n < 2; n++) if ((await runCommand(folder, suite.command, wallOf(suite))).green) return false
  return true
}

/** Whether the whole suite passes with these texts over the faulty tree; the tests are the original's, whatever came. */
async function isWhole(suite: Suite, folder: string, texts: Record<string, string>): Promise<boolean> {
  const tests = Object.fromEntries(suite.tests.map((path) => [path, readFileSync(join(suite.tree, path), 'utf8')]))
  layOut(suite, folder, texts, tests)
  for (let n = 0; n < 2; n++) if ((await runCommand(folder, suite.command, wallOf(suite))).green) return true
  return false
}

export async function judge(
  { index, operator, mutant, survived }: Case,
  repaired: Repaired,
  folder: string,
  faulty: string,
) {
  const { suite, path, original, made, start, end, text } = mutant
  const isProven = repaired.outcome === 'proven'
  const texts = { [path]: made, ...repaired.patched }
  const exact = isProven && Object.keys(repaired.patched).every((one) => one === path) && texts[path] === original
  return {
    ...{ index, operator, package: suite.name, path, line: original.slice(0, start).split('\n').length },
    ...{ was: original.slice(start, end).slice(0, 200), became: text.slice(0, 200), survived },
    outcome: repaired.outcome,
    // The original's own text too: `--oracle` checks this step with it.
    escaped: isProven && !(await isWhole(suite, folder, texts)),
    exact,
    changed: Object.keys(repaired.patched),
    candidates: await judged(mutant, repaired, folder, faulty),
    search: repaired.metadata?.search ?? null,
    ...{ why: repaired.why.slice(0, 300), ms: Math.round(repaired.ms) },
  } satisfies Verdict
}

async function judged({ suite, path, made }: Mutant, { metadata }: Repaired, folder: string, faulty: string) {
  const found: Verdict['candidates'] = []
  for (const { patch, ...candidate } of metadata?.green_candidates ?? [])
    found.push({ ...candidate, right: await isWhole(suite, folder, { [path]: made, ...applied(faulty, patch) }) })
  return found
}
