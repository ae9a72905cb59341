import ts from 'typescript'
import { declares, functionOf, titleOf } from './jsTests.ts'
import type { Remark } from './mark.ts'
import { nameOf } from './names.ts'
import type { Comparer, Reader, Side } from './side.ts'
import { isConstant, keyOf, lineOf, nodesOf } from './syntax.ts'

/** How exactly an assertion judges: 4 this very value, 3 an equal one, 2 a part of it, 1 hardly anything. */
const STRENGTH: [RegExp, number][] = [
  [/^(?:toBe|toStrictEqual|strictEqual|deepStrictEqual|is)$/, 4],
  [/^(?:toEqual|deepEqual|equal|equals|eql|eq|same|throws|rejects)$/, 3],
  [
    /^(?:toMatchObject|toHaveBeenCalledWith|toHaveLength|toHaveProperty|toContainEqual|toContain|toMatch|toHaveBeenCalledTimes|match|include)$/,
    2,
  ],
]
const ANYTHING = /\bexpect\s*\.\s*(?:anything|any|objectContaining|arrayContaining|stringMatching|stringContaining)\b/
const LIBRARY = /^(?:assert|t)(?:\.\w+)*$|^(?:strictEqual|deepStrictEqual|deepEqual|equal|ok|rejects|throws)$/
const EXPECT = /^(?:expect(?:\.soft|\.poll)?|expectTypeOf|expectType)$/

interface Assertion {
  node: ts.Node
  strength: number
  /** Below no condition: it is made whenever the test is run. */
  sure: boolean
}
interface Case {
  title: string
  line: number
  assertions: Assertion[]
}

/** Every test with a title, and what it asserts; what stands outside of them is under ''. */
function casesOf(side: Side): Case[] {
  const rest: Case = { title: '', line: 1, assertions: [] }
  const cases = new Map<ts.Node, Case>()
  for (const node of side.nodes)
    if (ts.isCallExpression(node) && declares(node) === 'test')
      cases.set(node, { title: pathOf(node), line: lineOf(node), assertions: [] })
  for (const node of side.nodes) {
    const assertion = assertionOf(node)
    if (!assertion) continue
    let [at, sure]: [ts.Node, boolean] = [node, true]
    while (at.parent && !cases.has(at)) {
      const up = at.parent
      if (ts.isIfStatement(up) || ts.isConditionalExpression(up) || ts.isCatchClause(up) || ts.isCaseClause(up))
        sure = false
      if (ts.isBinaryExpression(up) && up.right === at && /&&|\|\||\?\?/.test(up.operatorToken.getText())) sure = false
      at = up
    }
    ;(cases.get(at) ?? rest).assertions.push({ ...assertion, sure })
  }
  return [rest, ...cases.values()]
}

/** A test's title below those of its groups. */
function pathOf(call: ts.CallExpression): string {
  const titles: string[] = []
  for (let at: ts.Node = call; at.parent; at = at.parent)
    if (ts.isCallExpression(at) && declares(at))
      titles.unshift(titleOf(at) ?? keyOf(at.arguments[0] ?? at).slice(0, 80))
  return titles.join(' > ')
}

function assertionOf(node: ts.Node): Omit<Assertion, 'sure'> | null {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'should') return { node, strength: 1 }
  if (!ts.isCallExpression(node)) return null
  const name = nameOf(node.expression)
  if (EXPECT.test(name)) {
    if (node.arguments.some((argument) => functionOf(argument) === null && isConstant(argument))) return null
    return { node, strength: strengthOf(node) }
  }
  if (!LIBRARY.test(name) || node.arguments.every(isConstant)) return null
  return { node, strength: ranked(name.split('.').at(-1) ?? '', node.arguments.length > 1) }
}

/** The matcher behind `expect(x)`: `.toBe(1)`, `.not.toBe(1)`, `.to.deep.equal(1)`, `.rejects.toThrow('x')`. */
function strengthOf(call: ts.CallExpression): number {
  let at: ts.Node = call
  const names: string[] = []
  while (ts.isPropertyAccessExpression(at.parent) || (ts.isCallExpression(at.parent) && at.parent.expression === at)) {
    at = at.parent
    if (ts.isPropertyAccessExpression(at)) names.push(at.name.text)
  }
  const given = ts.isCallExpression(at) ? at.arguments : []
  if (names.includes('not') || given.some((argument) => ANYTHING.test(argument.getText()))) return 1
  const matcher = names.at(-1) ?? ''
  return matcher.startsWith('toThrow') ? given.length + 1 : ranked(matcher, given.length > 0)
}

const ranked = (name: string, given: boolean): number =>
  (given ? STRENGTH.find(([pattern]) => pattern.test(name))?.[1] : undefined) ?? 1

/** A test that was there may only grow: as many tests, by the same names, asserting as much and as exactly. */
export const assertionChanges: Comparer = (before, after) => {
  if (!before.test) return []
  const found: Remark[] = []
  const [old, now] = [casesOf(before), casesOf(after)]
  const lost = old.length - now.length
  const gone = old.filter(({ title }) => !now.some((other) => other.title === title))
  if (lost > 0) found.push({ line: now[1]?.line ?? 0, rule: 'fewer-tests', why: `It takes away ${lost} of the tests.` })
  else if (gone.length > 0)
    found.push({
      line: 0,
      rule: 'test-renamed',
      why: 'It gives an existing test another name, so the old one no longer runs.',
    })
  let fewer = 0
  for (const test of old) {
    const twin = twinOf(test, old, now)
    const missing = lessThan(test, twin)
    fewer += missing
    if (missing === 0 && twin) found.push(...looser(test, twin))
  }
  if (fewer > 0) {
    const line = now.find((test) => old.some((was) => was.title === test.title && lessThan(was, test) > 0))?.line ?? 0
    found.push({ line, rule: 'fewer-assertions', why: `It takes away ${fewer} of the assertions.` })
  }
  return found
}

const sure = (test: Case): number => test.assertions.filter((assertion) => assertion.sure).length

function lessThan(before: Case, after: Case | undefined): number {
  if (!after) return before.assertions.length
  return Math.max(0, before.assertions.length - after.assertions.length, sure(before) - sure(after))
}

function looser(before: Case, after: Case): Remark[] {
  const atLeast = (test: Case, strength: number) => test.assertions.filter((one) => one.strength >= strength).length
  if ([2, 3, 4].every((strength) => atLeast(after, strength) >= atLeast(before, strength))) return []
  const weakest = [...after.assertions].sort((a, b) => a.strength - b.strength)[0]
  const line = weakest ? lineOf(weakest.node) : after.line
  return [{ line, rule: 'looser-matcher', why: 'It asserts less exactly than before.' }]
}

/** Snapshots written into the test itself. */
export const snapshotMarks: Reader = (side) => {
  if (!side.test || !side.existing) return []
  return side.nodes.flatMap((node) => {
    if (
      !ts.isCallExpression(node) ||
      !/\.toMatch(?:Inline|File)?Snapshot$|\.toThrowErrorMatching\w*Snapshot$/.test(nameOf(node.expression))
    )
      return []
    const [inline] = node.arguments
    return [
      {
        rule: 'snapshot-rewritten' as const,
        line: lineOf(node),
        key: inline ? keyOf(inline) : `${nodesOf(node).length}`,
      },
    ]
  })
}

/** The test of the same name; of those that were renamed, the one in the same place among them. */
function twinOf(test: Case, old: Case[], now: Case[]): Case | undefined {
  const same = now.find(({ title }) => title === test.title)
  if (same) return same
  const left = (cases: Case[], others: Case[]) =>
    cases.filter(({ title }) => !others.some((one) => one.title === title))
  return old.length === now.length ? left(now, old)[left(old, now).indexOf(test)] : undefined
}
