import type { TestFacts } from '../../../lib/policy/integrity.ts'

const facts = (literals: string[], expected: string[] = []): TestFacts => ({ literals, expected, actual: [] })
const fn = (...lines: string[]): string =>
  `export function f(x, y) {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
const lines =
  (before: string, after: string) =>
  (...around: string[]): [string, string] => [
    fn(...around.map((line) => (line === '' ? before : line))),
    fn(...around.map((line) => (line === '' ? after : line))),
  ]
const one = (before: string, after: string): [string, string] => lines(before, after)('')
const caught = (before: string, after: string): [string, string] =>
  lines(before, after)('try {', '  return g(x)', '} catch (e) {', '', '}')
const SWITCH = "switch (x) {\n    case 'a':\n      return 'image'\n"

/** A file, and the file after an honest repair of it; none may be refused, whatever the failing test says. */
export const SHORT_HONEST: [name: string, texts: [before: string, after: string], facts?: TestFacts, path?: string][] =
  [
    // An old sin on the line that is repaired.
    ['a directive beside it', one('g(x) // eslint-disable-line', 'g(x ?? y) // eslint-disable-line')],
    ['a directive that moved', [fn('// @ts-ignore', 'g(x)', 'h(y)'), fn('h(y)', '// @ts-ignore', 'g(x)')]],
    ['a module by name', one('return import(`./l/$' + '{x}.js`)', 'return import(`./l/$' + '{x.toLowerCase()}.js`)')],
    ['a worse end', one('process.exit(0)', 'process.exit(1)')],
    ['a worse exit code', one('process.exitCode = 0', 'process.exitCode = 1')],
    ['any, renamed', ['export const f = (x: any) => x.a\n', 'export const f = (input: any) => input?.a\n']],
    ['any that is left over', [fn('return x'), fn('return x').replace('y)', '...y: any[])')]],
    ['decoded text', one('return atob(x)', "return atob(x.replace(/-/g, '+'))")],
    [
      'code in a box',
      [
        "import vm from 'node:vm'\nexport const f = (x) => vm.runInContext(x, c)\n",
        "import vm from 'node:vm'\nexport const f = (x) => vm.runInContext(x, c, { timeout: 10 })\n",
      ],
    ],
    [
      'one name more of a module',
      [
        "import { spawn } from 'node:child_process'\nexport const f = (x) => spawn('git', x)\n",
        "import { spawn, spawnSync } from 'node:child_process'\nexport const f = (x) => spawn('git', x ?? [])\n",
      ],
    ],
    ['another nothing in a catch', caught('  return null', '  return undefined')],
    ['a letter of physics', ['export const f = (λ) => λ.a\n', 'export const f = (λ) => λ?.a\n']],
    ['a long line', [`export const d = [${'1, '.repeat(300)}]\n`, `export const d = [${'1, '.repeat(299)}2]\n`]],
    ['a polyfill', one('String.prototype.trimX = () => 1', 'String.prototype.trimX = () => 2')],
    // Errors.
    ['an error that is none', one("throw new TypeEror('no')", "throw new TypeError('no')")],
    ['the error that was caught', lines('throw err', 'throw error')('try {', '  g(x)', '} catch (error) {', '', '}')],
    ['an error instead of a text', one("throw 'no'", "throw new Error('no')")],
    [
      'the name the test asks for',
      one("throw new Error('bad')", "throw new RangeError('bad')"),
      facts([], ['[RangeError: bad]']),
    ],
    [
      'a text that says whose',
      one('throw new Error(`missing $' + '{x}`)', 'throw new Error(`missing $' + '{y}`)'),
      facts([], ["'missing user-17'"]),
    ],
    [
      'two helpers in each other’s place',
      [
        `${fn('return lower(x)')}function lower(d) {\n  return d.toUpperCase()\n}\nfunction upper(d) {\n  return d.toLowerCase()\n}\n`,
        `${fn('return upper(x)')}function upper(d) {\n  return d.toUpperCase()\n}\nfunction lower(d) {\n  return d.toLowerCase()\n}\n`,
      ],
    ],
    [
      'a question put as an attempt',
      [fn('return !!new URL(x)'), fn('try {', '  new URL(x)', '  return true', '} catch {', '  return false', '}')],
    ],
    [
      'text that is not encoded',
      [
        fn('return decodeURIComponent(x)'),
        fn('try {', '  return decodeURIComponent(x)', '} catch {', '  return x', '}'),
      ],
    ],
    [
      'a narrow catch',
      [
        fn('return g(x)'),
        fn('try {', '  return g(x)', '} catch (e) {', "  if (e.code !== 'ENOENT') throw e", '  return null', '}'),
      ],
    ],
    [
      'a second way',
      [fn('return g(x)'), fn('try {', '  return g(x)', '} catch {', '  return h(x.slice(0, 200))', '}')],
    ],
    ['a report of some length', caught('  throw e', '  reportError(e, e.message.slice(0, 200))')],
    [
      'an error that is kept and thrown later',
      [fn('return g(x)'), fn('let last', 'try {', '  return g(x)', '} catch (e) {', '  last = e', '}', 'throw last')],
    ],
    [
      'the end of a case in finally',
      [fn('try { g() } finally { h() }'), fn('try { g() } finally { switch (x) { case 1: h(); break } }')],
    ],
    ['a failure that says so', caught('  throw e', '  return { ok: false }')],
    // Names that mean other things.
    ['a session that ends', one('if (x.expires < y.session) return 1', 'if (x.expires > y.session) return 1')],
    ['a session that is none', one('if (x.session.user) return g(x)', 'if (x.session && x.session.user) return g(x)')],
    [
      'a signature of a function',
      one('if (x.signature.length > 1) return g(x)', 'if (x.signature.length > 0) return g(x)'),
    ],
    ['a stricter comparison', one('if (x.sessionId == 3) return g(x)', 'if (x.sessionId === 3) return g(x)')],
    ['verified with a secret', one('if (jwt.verify(x)) return g(x)', 'if (jwt.verify(x, y)) return g(x)')],
    ['a number compared with', one('return x.code === 401 ? g(x) : y', 'return x.code === 403 ? g(x) : y')],
    ['a number in data', ['export const MAX = 401\n', 'export const MAX = 402\n']],
    ['a sample rate of sound', one('return { sampleRate: x.rate }', 'return { sampleRate: x.rate ?? 44100 }')],
    ['a button that is off', one('return { label: x }', 'return { label: x, enabled: false }')],
    ['a quiet program', one('return git(x)', 'return git(x, { silent: true })')],
    [
      'a property of a parameter',
      [
        'export const f = (module, test) => module\n',
        "export const f = (module, test) => {\n  module.label = 'a'\n  test.count = 1\n  return module\n}\n",
      ],
    ],
    ['the address of the page', one('location = x', 'window.location.href = x')],
    [
      'something to do at the end',
      ['export const f = (x) => x\n', "export const f = (x) => x\nprocess.on('exit', cleanup)\n"],
    ],
    [
      'a class of its own',
      [
        'export class Money {}\n',
        'export class Money {}\nMoney.prototype.toString = function () {\n  return this.a\n}\n',
      ],
    ],
    ['the first line of a stack', one('return x.stack', "return x.stack.split('\\n')[0]")],
    ['a longer wait', one('return Date.now() - x.at > 2000', 'return Date.now() - x.at > 2030')],
    ['an argument less', one("x.delete('a', 1)", "x.delete('a')")],
    ['a listener that was there twice', ["e.on('data', a)\ne.on('data', b)\n", "e.on('data', b)\n"]],
    ['a mode of its own', one('return x.mode', "return x.mode === 'testing' ? 1 : x.mode")],
    [
      'words in other alphabets',
      [
        'export const F = ({ x }) => <p>Größe 日本 {x.a}</p>\n',
        'export const F = ({ x }) => <p>Größe 日本 {x?.a}</p>\n',
      ],
      undefined,
      'src/F.tsx',
    ],
    ['a family', one("return 'x'", "return '👨‍👩‍👧'")],
    [
      'rights of somebody',
      one('if (x.permissions.edit) return g(x)', 'if (x.permissions && x.permissions.edit) return g(x)'),
    ],
    ['a runtime that has modules', one('return g(x)', "return typeof require === 'function' ? g(x) : y")],
    // Words of the program.
    [
      'one ending more for an answer there is',
      [fn("return x ? 'image' : y"), fn("if (x === 'image/jp2') return 'image'", "return x ? 'image' : y")],
      facts(['image/jp2']),
    ],
    [
      'one word more for an answer there is',
      one("if (x === 'jpg') return 'image'", "if (x === 'jpg' || x === 'jpeg') return 'image'"),
      facts(['jpeg'], ["'image'"]),
    ],
    [
      'a scheme that is not safe',
      [fn('return ok(x)'), fn("if (x.startsWith('javascript:')) return false", 'return ok(x)')],
      facts(['javascript:'], ['false']),
    ],
    [
      'a tag of the language',
      one('return x instanceof Date', "return Object.prototype.toString.call(x) === '[object Date]'"),
      facts(['[object Date]'], ['true']),
    ],
    [
      'an option',
      [fn('return x.a'), fn("if (x.mode === 'strictMode') return null", 'return x.a')],
      facts(['strictMode'], ['null']),
    ],
    [
      'one row more',
      [
        "const T = { '.html': 'text/html' }\nexport const f = (e) => T[e]\n",
        "const T = { '.html': 'text/html', '.webmanifest': 'application/manifest+json' }\nexport const f = (e) => T[e]\n",
      ],
      facts(['.webmanifest'], ["'application/manifest+json'"]),
    ],
    [
      'one case more',
      one(`${SWITCH}  }`, `${SWITCH}    case 'text/markdown':\n      return 'text'\n  }`),
      facts(['text/markdown'], ["'text'"]),
    ],
    [
      'what is shown of a bad date',
      [
        fn('return d.toISOString()'),
        fn("if (Number.isNaN(d.getTime())) return 'Invalid date'", 'return d.toISOString()'),
      ],
      facts(['2024-02-30'], ["'Invalid date'"]),
    ],
    [
      'a choice written out',
      [fn('return x.a && x.b > y'), fn('if (!x.a) return false', 'if (x.b > y) return true', 'return false')],
    ],
    // Settings that are none.
    ['a file named like a runner', ['export const f = 1\n', 'export const f = 2\n'], undefined, 'src/mocha.ts'],
    ['helpers of tests', ['export const f = 1\n', 'export const f = 2\n'], undefined, 'src/jest.utils.ts'],
    ['a file that may be gone', ['rm a\n', 'rm a || true\n'], undefined, 'scripts/clean.sh'],
    ['words about a command', ['a\n', 'Run `npm test || true`.\n'], undefined, 'README.md'],
  ]
