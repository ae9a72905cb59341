import type { Finding } from './finding.ts'
import { codeOnly, type Remark } from './integrityText.ts'
import { lineAt, type NumberedChange } from './lines.ts'
import { foldPath } from './paths.ts'
import { isTest } from './testPaths.ts'

const SETTINGS: [RegExp, string][] = [
  [/\.snap$|(?:^|\/)__snapshots__\//, 'A snapshot says what is right; a repair may not rewrite it.'],
  [
    /^\.github\/|^\.gitlab-ci|^\.circleci\/|^\.travis|^\.ci\/|(?:^|\/)(?:jenkinsfile|azure-pipelines[^/]*|bitbucket-pipelines[^/]*|\.drone[^/]*)$/i,
    'It changes how the change itself is judged (CI).',
  ],
  [
    /(?:^|\/)(?:(?:vitest|jest|playwright|cypress|karma|mocha|ava)\.[^/]+|\.(?:nycrc|c8rc|mocharc|coveragerc|taprc)[^/]*|\.?codecov\.ya?ml|pytest\.ini|conftest\.py|tox\.ini)$/i,
    'It changes the settings of tests or coverage.',
  ],
]

/** A sentence when the file is a snapshot, a CI file or settings of tests and coverage; null otherwise. */
export function settingsChange(path: string): string | null {
  return SETTINGS.find(([pattern]) => pattern.test(path))?.[1] ?? null
}

const SKIPS =
  /\b(?:it|test|describe|suite|context|specify)\s*\.\s*(?:skip|todo|only|skipIf|runIf|failing|fails)\b|\b(?:xit|xtest|xdescribe|xcontext|fit|fdescribe)\s*\(|\{\s*(?:skip|todo|only)\s*:|\b(?:t|this|ctx|context)\s*\.\s*(?:skip|todo)\s*\(|\bt\.Skip\w*\(|@(?:Disabled|Ignore)\b|@(?:pytest\.mark\.(?:skip|xfail)|unittest\.skip)|#\[ignore/
const WEAKER =
  /--passWithNoTests|--no-coverage|--bail\s*0|\|\|\s*true\b|continue-on-error|\bset \+e\b|(?:istanbul|c8|v8) ignore/
const TESTS = /\b(?:it|test|specify)\s*(?:\.\s*(?:each|for|concurrent)\b[^\n]{0,200})?\(|^\s*def test_|^\s*func Test/gm
const ASSERTIONS =
  /\bexpect(?:Type)?(?:\s*\.\s*(?:soft|poll))?\s*[(<]|\bassert\b(?:\s*\.\s*\w+)?\s*\(|^\s*assert\s|\.should\b|\bt\.(?:is|deepEqual|true|false|throws|Error|Fatal)\w*\(/gm
const STRICT =
  /\.(?:toBe|toEqual|toStrictEqual|toMatchObject|toHaveBeenCalledWith|toHaveLength|strictEqual|deepStrictEqual|deepEqual|equal|resolves|rejects)\b/g
const LOOSE =
  /\.(?:toBeTruthy|toBeFalsy|toBeDefined|toBeUndefined|toBeGreaterThan\w*|toBeLessThan\w*|toContain\w*|toMatch|ok|notEqual|notStrictEqual|toHaveBeenCalled|toThrow|toBeInstanceOf)\b|\bexpect\s*\.\s*(?:anything|any|objectContaining|arrayContaining|stringMatching|stringContaining)\b|\.not\s*\./g

export interface TestChange {
  before: string | null
  after: string | null
  change: NumberedChange
}

/** What weakens tests. A new test may say what it likes; one that was there may only grow. */
export function testFindings(path: string, { before, after, change }: TestChange): Remark<Finding['rule']>[] {
  const found: Remark<Finding['rule']>[] = []
  const test = isTest(foldPath(path))
  for (const { number, text } of change.came) {
    if (SKIPS.test(codeOnly(text)) && test)
      found.push({ line: number, rule: 'test-skipped', why: 'It skips tests, or runs only some of them.' })
    if (WEAKER.test(text))
      found.push({ line: number, rule: 'test-settings', why: 'It lets failing or missing checks pass.' })
  }
  if (!test || before === null) return found
  if (after === null) return [{ line: 0, rule: 'test-deleted', why: 'It deletes or renames an existing test.' }]
  const [old, now] = [codeOnly(before), codeOnly(after)]
  const went = (pattern: RegExp): number => count(old, pattern) - count(now, pattern)
  if (went(TESTS) > 0)
    found.push({ line: firstOf(now, TESTS), rule: 'fewer-tests', why: `It takes away ${went(TESTS)} of the tests.` })
  if (went(ASSERTIONS) > 0)
    found.push({
      line: firstOf(now, ASSERTIONS),
      rule: 'fewer-assertions',
      why: `It takes away ${went(ASSERTIONS)} of the assertions.`,
    })
  if (went(STRICT) > 0 && went(LOOSE) < 0)
    found.push({ line: firstOf(now, LOOSE), rule: 'looser-matcher', why: 'It asserts less exactly than before.' })
  return found
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

const firstOf = (text: string, pattern: RegExp): number => {
  const at = text.search(pattern)
  return at === -1 ? 0 : lineAt(text, at)
}
