import type { Proof } from '../../lib/domain/fix.ts'
import type { TestCase } from '../../lib/domain/testRun.ts'
import type { Edit } from '../../lib/domain/tree.ts'
import { literalsIn } from '../../lib/policy/integrity/literals.ts'
import type { TestFacts } from '../../lib/policy/integrity.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import { isTest } from '../../lib/policy/testPaths.ts'
import type { TreeGateAnswer } from '../../lib/policy/treeGate.ts'
import { integrityProblem } from '../implementer/examine.ts'
import { gateOf, gateSentence } from '../implementer/gate.ts'
import type { Ground } from './ground.ts'

export interface Examined {
  gate: TreeGateAnswer
  /** Why it may never leave, however green it is; null when it may be proven. */
  refused: string | null
  /** It is no repair at all, and its proof would say nothing. */
  cheats: string | null
}

/** Where a fixture would be allowed: no change of a checkout brings one of that name. */
export const ELSEWHERE = 'tests/nightshift/none.json'

/** What is asked of a change before anything of it runs: whether it weakens its own judges, and what is protected. */
export function examine(ground: Ground, targets: TestCase[], edits: Edit[]): Examined {
  const gate = gateOf(ground, edits, [...ground.judges, ...ground.protect], ELSEWHERE)
  const cheats = integrityProblem(ground, edits, factsOf(ground, targets))
  return { gate, cheats, refused: gate.answer === 'refused' ? gateSentence(gate) : null }
}

/** What stands in the failing tests: a change that asks for these very values treats the test as a special case. */
function factsOf({ texts }: Ground, targets: TestCase[]): TestFacts {
  const failures = targets.flatMap(({ failure }) => failure ?? [])
  // Some runners name no file, but what failed has a place.
  const framed = failures
    .flatMap(({ frames }) => frames.map(({ path }) => path))
    .filter((path) => isTest(foldPath(path)))
  const tests = new Set([...targets.flatMap(({ file }) => file ?? []), ...framed])
  return {
    literals: [...tests].flatMap((path) => literalsIn(texts[path] ?? '')),
    expected: failures.flatMap(({ expected }) => expected ?? []),
    actual: failures.flatMap(({ actual }) => actual ?? []),
  }
}

export const gateAnswer = ({ gate }: Examined): Proof['gate'] => gate.answer
