import { expect, test } from 'vitest'
import { treeGate } from '../../lib/policy/treeGate.ts'
import { oracle, type Pair, pair } from './randomTrees.ts'
import { blobsOf, FIXTURE, listing } from './trees.ts'

const RUNS = 2000

const judge = ({ base, head }: Pair) =>
  treeGate(listing(base), listing(head), {
    ...{ blobs: blobsOf(base, head), manifest: null, protect: [], fixtureAllowed: FIXTURE },
  })

test(`${RUNS} random trees are judged as a plain reading of the design judges them`, () => {
  const counts = { pass: 0, 'needs-approval': 0, refused: 0 }
  const wrong: unknown[] = []
  for (let seed = 1; seed <= RUNS; seed++) {
    const trees = pair(seed)
    const { answer, findings } = judge(trees)
    const expected = oracle(trees)
    counts[answer]++
    if (answer !== expected)
      wrong.push({ seed, answer, expected, findings: findings.map((f) => `${f.path} ${f.rule}`) })
  }
  expect(wrong.slice(0, 5)).toEqual([])
  // All three answers are common, so that agreeing means something.
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(RUNS / 20)
})

test('the same seed makes the same trees, another one others', () => {
  expect(pair(7)).toEqual(pair(7))
  expect(pair(7)).not.toEqual(pair(8))
})
