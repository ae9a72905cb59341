import { describe, expect, test } from 'vitest'
import { NEW_TEST, type NewTestFacts, newTestProblem } from '../../lib/policy/newTest.ts'

/** What a written test may be, before anything of it runs. */

const FACTS: NewTestFacts = {
  tests: ['test/cart.test.js', 'src/price.test.ts', 'tests/test_cart.py'],
  tracked: new Set(['test/cart.test.js', 'src/price.test.ts', 'tests/test_cart.py', 'src/cart.js', 'test/helper.js']),
  subject: { path: 'src/cart.js', text: 'export const total = (cart) => cart.sum\n' },
}
const GOOD =
  "import { test } from 'node:test'\nimport { total } from '../src/cart.js'\n" +
  "test('an empty cart has a total', () => {\n  total(undefined)\n})\n"
const problem = (path: string, text = GOOD) => newTestProblem({ path, text }, FACTS)

test.each(['test/empty.test.js', 'src/empty.test.ts', 'test/empty.js'])('%s may come', (path) => {
  expect(problem(path)).toBeNull()
})
test('one of another language, beside its own kind', () => {
  expect(problem('tests/test_empty.py', 'from shop import total\n\ndef test_empty():\n    total(None)\n')).toBeNull()
})

test.each<[path: string, says: string]>([
  ['../outside.test.js', 'inside the repository'],
  ['test/../src/x.test.js', 'inside the repository'],
  ['/etc/x.test.js', 'inside the repository'],
  ['./test/x.test.js', 'inside the repository'],
  ['test\\x.test.js', 'another one'],
  ['C:test/x.test.js', 'another one'],
  ['test/x.test.js ', 'another one'],
  ['test/x\u202E.test.js', 'invisible'],
  ['.github/x.test.js', 'may not be changed'],
  ['.github/workflows/ci.yml', 'may not be changed'],
  ['.git/hooks/x.test.js', 'may not be changed'],
  ['test/.env.test.js', 'may not be changed'],
  ['test/auth/x.test.js', 'may not be changed'],
  ['test/migrations/x.test.js', 'may not be changed'],
  ['test/vitest.config.js', 'may not be changed'],
  ['tests/conftest.py', 'may not be changed'],
  ['test/__mocks__/x.test.js', 'may not be changed'],
  ['test/__snapshots__/x.test.js.snap', 'may not be changed'],
  ['test/jest.setup.js', 'may not be changed'],
  ['package.json', 'neither named nor placed'],
  ['test/cart.test.js', 'An existing test'],
  ['src/cart.js', 'there already'],
  ['test/Cart.test.js', 'another file of the repository'],
  ['src/empty.js', 'neither named nor placed'],
  ['lib/empty.test.js', 'lies beside another one'],
  ['test/deep/empty.test.js', 'lies beside another one'],
  ['empty.test.js', 'lies beside another one'],
  ['test/empty.test.ts', 'end as its neighbours'],
  ['test/data.json', 'end as its neighbours'],
  ['test/empty', 'end as its neighbours'],
])('%s may not', (path, says) => {
  expect(problem(path)).toContain(says)
})

test('where the repository’s tests lie is told, some of many', () => {
  expect(problem('lib/x.test.js')).toContain('in test, src, tests.')
  const many = Array.from({ length: 10 }, (_, at) => `p${at}/a.test.js`)
  const said = newTestProblem({ path: 'lib/x.test.js', text: GOOD }, { ...FACTS, tests: ['a.test.js', ...many] })
  expect(said).toMatch(/in the root, p0, .*p6 and 3 more\.$/)
})

describe('its text', () => {
  const text = (body: string) => problem('test/empty.test.js', `${GOOD}${body}`)
  const filled = (lines: number) => `${'//\n'.repeat(lines - GOOD.split('\n').length + 1)}`

  test('is of a size somebody reads', () => {
    expect(text(filled(NEW_TEST.lines))).toBeNull()
    expect(text(filled(NEW_TEST.lines + 1))).toContain(`${NEW_TEST.lines + 1} lines`)
    // Bytes, not characters: each of these lines has 201 of them.
    const line = `// ${'é'.repeat(98)}x\n`
    const room = NEW_TEST.bytes - Buffer.byteLength(GOOD)
    const full = line.repeat(Math.floor(room / 201))
    expect(text(full)).toBeNull()
    expect(text(`${full}${'x'.repeat(room % 201)}`)).toBeNull()
    expect(text(`${full}${'x'.repeat((room % 201) + 1)}`)).toContain('bytes; at most')
    expect(problem('test/empty.test.js', ' \n')).toContain('empty')
  })

  test.each([
    ['hides text', '// \u202E\n', 'not seen'],
    ['holds control characters', '// \u0000\n', 'control'],
    ['overprints a line', '// \rtest\n', 'control'],
    ['holds half a character', '// \uD800\n', 'half a character'],
    ['sets a stack', 'const e = new TypeError("x")\ne.stack = "at greet (src/cart.js:1:1)"\n', 'makes up where'],
    ['sets it by name', "e['stack'] = at\n", 'makes up where'],
    ['hands one on', 'Object.assign(e, { stack: at })\n', 'makes up where'],
    ['prepares stacks', 'Error.prepareStackTrace = () => at\n', 'makes up where'],
    ['renames a source', '//# sourceURL=src/cart.js\n', 'makes up where'],
    ['maps a source', '//# sourceMappingURL=data:x\n', 'makes up where'],
    ['runs text under another name', "import vm from 'node:vm'\nvm.runInThisContext(text, at)\n", 'makes up where'],
    ['patches the runtime', 'Map.prototype.get = () => { total(undefined) }\n', 'changes the runtime'],
    ['ends the run', 'process.exit(0)\n', 'ends the run'],
    ['starts a process', "import { execSync } from 'node:child_process'\nexecSync('id')\n", 'starts a process'],
    ['runs text as code', "eval('x')\n", 'runs text as code'],
    ['replaces what it tests', "vi.mock('../src/cart.js')\n", 'stand-in'],
    ['skips', "test.skip('later', () => {})\n", 'skips tests'],
  ])('is refused where it %s', (_, body, says) => {
    expect(text(body)).toContain(says)
  })

  test.each([
    ['reads a stack', 'const [first] = String(new Error().stack).split("\\n")\n'],
    ['compares one', 'assert.ok(e.stack == null)\n'],
    ['matches an expression', 'const hit = /a/.exec("a")\n'],
    [
      'stands in for what is far away',
      "import { mock } from 'node:test'\nmock.method(globalThis, 'fetch', () => null)\n",
    ],
  ])('is taken where it %s', (_, body) => {
    expect(text(body)).toBeNull()
  })

  test.each(['exec("x")', 'compile("x", "shop.py", "exec")', 'e.with_traceback(t)', 'e.__traceback__ = t'])(
    'in Python %s is refused',
    (line) => {
      expect(problem('tests/test_empty.py', `def test_empty():\n    ${line}\n`)).toContain('makes up where')
    },
  )
})
