import { expect, test } from 'vitest'
import { floorHits } from '../../lib/policy/floor.ts'
import { foldPath } from '../../lib/policy/paths.ts'
import { FREE } from './floorExamples.ts'
import { type Hostile, hostileTrees, judged } from './hostile.ts'
import { type Edits, FIXTURE, gate, rulesOf, type Tree } from './trees.ts'

const ALL = hostileTrees()
const named = (trees: Hostile[]) => trees.map(({ name }) => name)

test('there are at least 500, and no two are the same', () => {
  const keys = ALL.map(({ base, head, blobs, truncated }) => JSON.stringify([base, head, blobs.size, truncated]))
  expect(new Set(keys).size).toBe(ALL.length)
  expect(ALL.length).toBeGreaterThanOrEqual(500)
})

test('none of them passes, and each falls under its own rule', () => {
  const wrong = ALL.flatMap((tree) => {
    const { answer, findings } = judged(tree)
    const rules = findings.map(({ rule }) => rule)
    const right = tree.answer === 'held' ? answer !== 'pass' : answer === tree.answer
    return right && rules.includes(tree.rule) ? [] : [`${tree.name} (${tree.rule}): ${answer} ${rules}`]
  })
  expect(wrong).toEqual([])
})

/** What weaker guards would see; both are given our own rules and our own folding. */
const protects = (path: string) => floorHits(foldPath(path)).length > 0
const changed = ({ base, head }: Hostile) => {
  const [was, is] = [base, head].map((side) => new Map(side.map((entry) => [entry.path, entry])))
  return [...new Set([...was!.keys(), ...is!.keys()])]
    .map((path) => ({ path, was: was!.get(path), is: is!.get(path) }))
    .filter(({ was: a, is: b }) => a?.oid !== b?.oid || a?.mode !== b?.mode)
}

test('a guard that reads the `+++ b/` lines of a patch lets some through', () => {
  // Deleted, renamed and chmod-only files have no such line, and other names than plain ones are quoted.
  const seen = (tree: Hostile) =>
    changed(tree).some(({ path, was, is }) => {
      const moved = was === undefined && tree.base.some((entry) => entry.oid === is?.oid)
      return is && was?.oid !== is.oid && !moved && /^[ -~]*$/.test(path) && protects(path)
    })
  const through = named(ALL.filter((tree) => !seen(tree)))
  for (const way of ['delete', 'move out', 'move in', 'chmod']) expect(through).toContain(`${way} "vercel.json"`)
  expect(through.length).toBeGreaterThan(100)
})

test('a guard that reads only the names of changed files lets some through', () => {
  const through = named(ALL.filter((tree) => !changed(tree).some(({ path }) => protects(path))))
  for (const name of ['file to symlink "src/plain.ts"', 'add a gitlink "docs/x"', '301 lines', 'cut short'])
    expect(through).toContain(name)
  expect(through.length).toBeGreaterThan(30)
})

const honest: [string, Edits, Tree][] = FREE.flatMap((path): [string, Edits, Tree][] => {
  const home: Tree = { 'src/server.ts': 'one\n', 'package.json': '{}\n' }
  const fixture = { [FIXTURE]: '{}\n' }
  return [
    [`edit ${path}`, { [path]: 'one\nguard\ntwo\n', ...fixture }, { ...home, [path]: 'one\ntwo\n' }],
    [`add ${path}`, { [path]: 'one\n', 'src/server.ts': 'two\n', ...fixture }, home],
  ]
})

test('at least 100 honest fixes have no finding', () => {
  expect(honest.length).toBeGreaterThanOrEqual(100)
  const found = honest.map(([name, edits, base]) => [name, rulesOf(gate(edits, {}, base))] as const)
  expect(found.filter(([, rules]) => rules.length > 0)).toEqual([])
})
