import { CAPS } from './content.ts'
import type { Finding } from './finding.ts'
import { codeOnly } from './integrity/codeOnly.ts'
import { hiddenText } from './integrity/hidden.ts'
import { directives } from './integrity/jsTypes.ts'
import { NO_FACTS, type TestFacts } from './integrity/literals.ts'
import { swallowed } from './integrity/plainCatch.ts'
import { codeFindings } from './integrity/plainCode.ts'
import { plainSpecial } from './integrity/plainSpecial.ts'
import { testFindings } from './integrity/plainTests.ts'
import { pythonCode, pythonFindings } from './integrity/python.ts'
import { RULES, type Rule } from './integrity/rules.ts'
import { scriptFindings } from './integrity/script.ts'
import type { Around } from './integrity/side.ts'
import { isScript } from './integrity/syntax.ts'
import { settingsChange, weakerChecks } from './integrity/testSettings.ts'
import { numberedChange } from './lines.ts'
import { foldPath } from './paths.ts'
import { isTest } from './testPaths.ts'

export type { TestFacts } from './integrity/literals.ts'
export type Integrity = { ok: true } | { ok: false; findings: Finding[] }

/** Above this a diff is not read line by line by anybody, a policy included. The tree gate's own cap is 300. */
const MOST_LINES = 2000
const PYTHON = /\.pyi?$/
/** Languages read as text, line by line. */
const PLAIN = /\.(?:go|rs|java|kt|rb|php|cs|scala)$/

type Texts = Record<string, string>

/**
 * Judges a patch (design, section 5.2). Both sides hold the whole texts of the *changed* files alone: a path only in
 * `before` is deleted, one only in `after` is new. The regression fixture, which is data, is left out by the caller.
 * `facts` tells what stands in the failing tests, so that code written for them alone is seen; without them it is not.
 * What forbids nothing and only raises the risk is answered by `concernsOf`; `RULES` says which rule does what.
 */
export function integrityOf(before: Texts, after: Texts, facts: TestFacts = NO_FACTS): Integrity {
  const findings = findingsOf(before, after, facts).filter(({ rule }) => RULES[rule].answer === 'refuse')
  return findings.length === 0 ? { ok: true } : { ok: false, findings }
}

/** What a person should see of a patch that is a repair; each raises its risk. */
export const concernsOf = (before: Texts, after: Texts): Finding[] =>
  findingsOf(before, after, NO_FACTS).filter(({ rule }) => RULES[rule].answer === 'review')

/** Everything the rules say of a patch, whatever it means. */
export function findingsOf(before: Texts, after: Texts, facts: TestFacts = NO_FACTS): Finding[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  const subjects = paths.filter((path) => !isTest(foldPath(path)))
  return paths.flatMap((path) => judge(path, own(before, path), own(after, path), { subjects, facts }))
}

const own = (texts: Texts, path: string): string | null => (Object.hasOwn(texts, path) ? (texts[path] ?? '') : null)

function judge(path: string, before: string | null, after: string | null, around: Around): Finding[] {
  if (before === after) return []
  const say = (line: number, rule: Rule, why: string): Finding => ({ path, line, rule, why })
  const settings = settingsChange(path)
  if (settings) return [say(0, 'test-settings', settings)]
  const test = isTest(foldPath(path))
  if (after === null && test) return [say(0, 'test-deleted', RULES['test-deleted'].why)]
  const [old, now] = [before ?? '', after ?? '']
  const change = numberedChange(old, now, MOST_LINES)
  if (!change) return [say(0, 'too-much', `It changes more than ${MOST_LINES} lines.`)]
  if (change.came.reduce((sum, { text }) => sum + text.length, 0) > CAPS.bytes)
    return [say(0, 'too-much', `It adds more than ${CAPS.bytes} characters.`)]
  const code = codeOf(path, now)
  const found = [...hiddenText(change, isScript(path) ? null : code), ...weakerChecks(path, now, code !== null, change)]
  if (isScript(path)) found.push(...directives(change), ...scriptFindings(path, test, before, now, around))
  else if (PYTHON.test(path)) found.push(...directives(change), ...pythonFindings(test, before, now, around))
  else if (PLAIN.test(path))
    found.push(
      ...directives(change),
      ...codeFindings(change, codeOnly(old), codeOnly(now)),
      ...(test ? [] : plainSpecial(change, old, around)),
      ...swallowed(codeOnly(old), codeOnly(now)),
      ...(test ? testFindings(before, now, change) : []),
    )
  return found.map(({ line, rule, why }) => say(line, rule, why))
}

/** The new text without comments and strings, line by line; null for data. */
function codeOf(path: string, text: string): string | null {
  if (PYTHON.test(path)) return pythonCode(text)
  return isScript(path) || PLAIN.test(path) ? codeOnly(text) : null
}
