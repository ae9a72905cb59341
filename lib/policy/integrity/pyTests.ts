import type { Mark, Remark } from './mark.ts'
import { blockOf, type PyLine } from './pyLines.ts'
import { type PyMark, pyMark } from './pyMarks.ts'
import { pyConstant } from './pyValues.ts'

const SKIPS =
  /^@(?:pytest\.mark\.(?:skip|xfail|skipif)|unittest\.(?:skip|expectedFailure)\w*|skip\w*\()|^(?:pytest\.(?:skip|xfail|importorskip)|self\.skipTest)\(|^raise (?:unittest\.)?SkipTest\b|^pytestmark ?=|^__test__ ?= ?False/
const SETTINGS = /^@(?:pytest\.mark\.(?:flaky|timeout|repeat)|flaky|retry)\b|^collect_ignore|^pytest_plugins ?=/
const MOCKS =
  /\b(?:mock|mocker)\.patch(?:\.object|\.dict|\.multiple)?\(|^@patch(?:\.object|\.dict)?\(|\bmonkeypatch\.setattr\(|^with patch/
const ASSERT = /^assert (.+)$|^self\.assert(\w*)\(|^with (?:pytest\.raises|self\.assertRaises\w*)\(/
const EXACT = /==|\bis\b(?! not None)|^(?:Equal|DictEqual|ListEqual|Is|CountEqual|SequenceEqual)$/

/** Marks a test may not get. @param existing the test was there before: then its stand-ins and limits stay as they are. */
export function pyTestMarks(lines: PyLine[], existing: boolean): PyMark[] {
  return lines.flatMap((line, index): PyMark[] => {
    const say = (rule: Mark['rule'], found = line.code): PyMark[] => [pyMark(rule, line, found)]
    const skip = SKIPS.exec(line.code)?.[0]
    if (skip) return say('test-skipped', skip)
    if (existing && SETTINGS.test(line.code)) return say('test-settings', line.code + line.strings.join())
    // What stands in may change, what it stands in for may not.
    const mock = existing && MOCKS.exec(line.code)
    if (mock)
      return say(
        'mocked-subject',
        `${mock[0]}${/[^,]*/.exec(line.code.slice(mock.index + mock[0].length))?.[0]} ${line.strings[0] ?? ''}`,
      )
    const early = /^return(?: None)?$/.test(line.code) && insideTest(lines, index)
    return early ? say('test-cut-short', `return ${lines[index - 1]?.code}`) : []
  })
}

/** The innermost function around a line is a test. */
function insideTest(lines: PyLine[], index: number): boolean {
  let indent = lines[index]!.indent
  for (let at = index - 1; at >= 0; at--) {
    const line = lines[at]!
    if (line.indent >= indent) continue
    indent = line.indent
    if (/^(?:async )?def /.test(line.code)) return /^(?:async )?def test/.test(line.code)
  }
  return false
}

interface Case {
  name: string
  line: number
  total: number
  sure: number
  exact: number
}

/** Tests and what they assert; what stands outside of them is under ''. */
function casesOf(lines: PyLine[]): Case[] {
  const rest: Case = { name: '', line: 1, total: 0, sure: 0, exact: 0 }
  const cases = [rest]
  let group = ''
  lines.forEach((line, index) => {
    const name = /^(?:async )?def (test\w*)/.exec(line.code)?.[1]
    group = line.indent === 0 ? (/^class (\w+)/.exec(line.code)?.[1] ?? '') : group
    if (!name) return
    const body = blockOf(lines, index)
    const asserted = body.filter(({ code }) => asserts(code))
    const inner = body[0]?.indent ?? 0
    cases.push({
      name: `${group}.${name}`,
      line: line.number,
      total: asserted.length,
      sure: asserted.filter(({ indent }) => indent === inner).length,
      exact: asserted.filter(({ code }) => exact(code)).length,
    })
  })
  const inTests = cases.reduce((sum, { total }) => sum + total, 0)
  rest.total = lines.filter(({ code }) => asserts(code)).length - inTests
  return cases
}

/** An assertion about something: one of constants alone says nothing. */
function asserts(code: string): boolean {
  const what = ASSERT.exec(code)
  return what !== null && !(what[1] && pyConstant(what[1].replace(/ ?== ?.*/, '')))
}

function exact(code: string): boolean {
  const what = ASSERT.exec(code)
  return what !== null && (EXACT.test(what[1] ?? '') || EXACT.test(what[2] ?? ''))
}

/** A test that was there may only grow. */
export function pyAssertionChanges(before: PyLine[], after: PyLine[]): Remark[] {
  const [old, now] = [casesOf(before), casesOf(after)]
  const found: Remark[] = []
  const lost = old.length - now.length
  if (lost > 0) found.push({ line: now[1]?.line ?? 0, rule: 'fewer-tests', why: `It takes away ${lost} of the tests.` })
  else if (old.some(({ name }) => !now.some((other) => other.name === name)))
    found.push({
      line: 0,
      rule: 'test-renamed',
      why: 'It gives an existing test another name, so the old one no longer runs.',
    })
  for (const test of old) {
    const twin = twinOf(test, old, now)
    const missing = twin ? Math.max(test.total - twin.total, test.sure - twin.sure) : test.total
    const line = twin?.line ?? 0
    if (missing > 0) found.push({ line, rule: 'fewer-assertions', why: `It takes away ${missing} of the assertions.` })
    else if (twin && twin.exact < test.exact)
      found.push({ line, rule: 'looser-matcher', why: 'It asserts less exactly than before.' })
  }
  return found
}

/** The test of the same name; of those that were renamed, the one in the same place among them. */
function twinOf(test: Case, old: Case[], now: Case[]): Case | undefined {
  const same = now.find(({ name }) => name === test.name)
  if (same) return same
  const left = (cases: Case[], others: Case[]) => cases.filter(({ name }) => !others.some((one) => one.name === name))
  return old.length === now.length ? left(now, old)[left(old, now).indexOf(test)] : undefined
}
