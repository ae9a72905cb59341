import { assertionChanges, snapshotMarks } from './jsAsserts.ts'
import { awareMarks } from './jsAware.ts'
import { checkChanges } from './jsChecks.ts'
import { swallowMarks } from './jsErrors.ts'
import { deadMarks, featureChanges } from './jsFeature.ts'
import { foreignMarks, hiddenMarks } from './jsHidden.ts'
import { reachMarks } from './jsReach.ts'
import { renameChanges } from './jsRename.ts'
import { bombMarks, runtimeMarks } from './jsRuntime.ts'
import { specialMarks } from './jsSpecial.ts'
import { rowChanges } from './jsTables.ts'
import { telemetryChanges } from './jsTelemetry.ts'
import { mockMarks, testMarks } from './jsTests.ts'
import { typeMarks } from './jsTypes.ts'
import { fresh, type Remark } from './mark.ts'
import { RULES } from './rules.ts'
import type { Around, Comparer, Reader, Side } from './side.ts'
import { broken, nodesOf, treeOf } from './syntax.ts'

/** Marks that may not come. */
const READERS: Reader[] = [
  ...[testMarks, mockMarks, snapshotMarks, swallowMarks, typeMarks, deadMarks, awareMarks],
  ...[runtimeMarks, bombMarks, hiddenMarks, foreignMarks, reachMarks],
]
const COMPARERS: Comparer[] = [
  assertionChanges,
  telemetryChanges,
  checkChanges,
  featureChanges,
  renameChanges,
  rowChanges,
]

/** One JavaScript or TypeScript file of a change, judged by its syntax tree. */
export function scriptFindings(
  path: string,
  test: boolean,
  before: string | null,
  after: string,
  around: Around,
): Remark[] {
  const sideOf = (text: string): Side | null => {
    const tree = treeOf(path, text)
    return tree && { path, text, tree, nodes: nodesOf(tree), test, existing: before !== null }
  }
  const [old, now] = [sideOf(before ?? ''), sideOf(after)]
  const unreadable: Remark = { line: 0, rule: 'unreadable', why: RULES.unreadable.why }
  if (!old || !now) return [unreadable]
  // What else is read of such a tree is nobody's code.
  if (broken(now.tree) && !broken(old.tree)) return [unreadable]
  return [
    ...READERS.flatMap((read) => fresh(read(old, around), read(now, around))),
    ...fresh([], specialMarks(now, old, around)),
    ...COMPARERS.flatMap((compare) => compare(old, now, around)),
  ]
}
