import { expect, test } from 'vitest'
import { integrityOf } from '../../lib/policy/integrity.ts'
import { lineAt, numberedChange } from '../../lib/policy/lines.ts'

const PATH = 'tests/launch.test.ts'
const BASE = `import { expect, test } from 'vitest'
test('launches', () => {
  expect(launch('p-1')).toEqual({ ok: true })
  expect(log).toHaveLength(1)
})
test('refuses', () => {
  expect(launch('p-9')).toBe(404)
})
`
const findings = (after: string | null, path = PATH, before: string | null = BASE) => {
  const side = (text: string | null): Record<string, string> => (text === null ? {} : { [path]: text })
  const answer = integrityOf(side(before), side(after))
  return answer.ok ? [] : answer.findings
}
const rules = (...given: Parameters<typeof findings>): string[] => [
  ...new Set(findings(...given).map((finding) => finding.rule)),
]

test.each([
  ['skip', "test.skip('refuses', () => {"],
  ['only', "test.only('refuses', () => {"],
  ['todo', "test.todo('refuses', () => {"],
  ['skipIf', "test.skipIf(true)('refuses', () => {"],
  ['failing', "test.failing('refuses', () => {"],
  ['an option', "test('refuses', { skip: true }, () => {"],
  ['spaces', "test . skip('refuses', () => {"],
])('refuses a test that is switched off by %s', (_, line) => {
  expect(rules(BASE.replace("test('refuses', () => {", line))).toContain('test-skipped')
})

test.each([
  ['xit', PATH, "xit('a', () => {})"],
  ['fit', PATH, "fit('a', () => {})"],
  ['node:test', PATH, "t.skip('later')"],
  ['pytest', 'tests/test_launch.py', '@pytest.mark.skip(reason="later")\ndef test_a():\n    assert a()'],
  ['JUnit', 'src/test/LaunchTest.java', '@Disabled'],
  ['Rust', 'tests/launch.rs', '#[ignore]'],
  ['Go', 'launch_test.go', 't.Skip("later")'],
])('knows how others say it: %s', (_, path, line) => {
  const before = path === PATH ? BASE : ''
  expect(rules(`${before}${line}\n`, path, before)).toContain('test-skipped')
})

test('refuses a deleted test, and so a renamed one', () => {
  expect(findings(null)).toEqual([
    { path: PATH, line: 0, rule: 'test-deleted', why: 'It deletes or renames an existing test.' },
  ])
  expect(integrityOf({ [PATH]: BASE }, { 'tests/other.test.ts': BASE })).toMatchObject({
    ok: false,
    findings: [{ rule: 'test-deleted' }],
  })
})

test('refuses fewer tests, fewer assertions and looser matchers', () => {
  expect(rules(BASE.slice(0, BASE.indexOf("test('refuses'")))).toEqual(['fewer-tests', 'fewer-assertions'])
  expect(rules(BASE.replace('  expect(log).toHaveLength(1)\n', ''))).toEqual(['fewer-assertions'])
  expect(rules(BASE.replace('  expect(log).toHaveLength(1)\n', '  // expect(log).toHaveLength(1)\n'))).toEqual([
    'fewer-assertions',
  ])
  expect(findings(BASE.replace('.toBe(404)', '.toBeDefined()'))).toEqual([
    { path: PATH, line: 7, rule: 'looser-matcher', why: 'It asserts less exactly than before.' },
  ])
  expect(rules(BASE.replace('.toEqual({ ok: true })', '.not.toBeNull()'))).toEqual(['looser-matcher'])
})

test('lets tests grow', () => {
  expect(rules(`${BASE}test('more', () => {\n  expect(x).toBeTruthy()\n})\n`)).toEqual([])
  expect(rules(BASE, 'tests/new.test.ts', null)).toEqual([])
  expect(rules(BASE.replace('.toBe(404)', '.toBe(410)'))).toEqual([])
})

test.each([
  ['.github/workflows/ci.yml'],
  ['.gitlab-ci.yml'],
  ['.ci/run'],
  ['Jenkinsfile'],
  ['src/__snapshots__/a.test.ts.snap'],
  ['vitest.config.ts'],
  ['packages/a/jest.config.js'],
  ['.nycrc.json'],
  ['codecov.yml'],
  ['conftest.py'],
])('refuses an edit of %s', (path) => {
  expect(rules('b\n', path, 'a\n')).toEqual(['test-settings'])
})

test.each([
  ['package.json', '"test": "vitest run --passWithNoTests"'],
  ['scripts/test.sh', 'npm test || true'],
  ['src/a.ts', '/* v8 ignore next */'],
])('refuses what lets checks pass unseen, in %s', (path, line) => {
  expect(rules(`a\n${line}\n`, path, 'a\n')).toContain('test-settings')
})

test('code that looks like a skipped test is fine outside tests', () => {
  expect(rules('context.skip(1)\n', 'src/pager.ts', 'a\n')).toEqual([])
})

test('changed lines have numbers: new ones of the new text, gone ones of the old', () => {
  expect(numberedChange('a\nb\nc\n', 'a\nx\r\nc\nd\n', 10)).toEqual({
    went: [{ number: 2, text: 'b' }],
    came: [
      { number: 2, text: 'x' },
      { number: 4, text: 'd' },
    ],
  })
  expect(numberedChange('a\n', 'b\nc\n', 2)).toBeNull()
  expect(lineAt('a\nb\nc', 4)).toBe(3)
})
