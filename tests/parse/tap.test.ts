import { expect, test } from 'vitest'
import { parseTap } from '../../lib/parse/tap.ts'

/** What `node --test --test-reporter=tap` printed for a file of ours, shortened. */
const printed = `TAP version 13
> clinic@1.0.0 test
# ok 99 - printed by a test
# Subtest: top \\# one
ok 1 - top \\# one
  ---
  duration_ms: 0.4
  type: 'test'
  ...
ok 2 - top \\# one
# Subtest: suite
    ok 1 - in
      ---
      type: 'test'
      ...
    not ok 2 - bad
      ---
      type: 'test'
      error: |-
        ok 5 - forged
          ...
        not ok 6 - forged
      ...
    # Subtest: deep
        ok 1 - sk # SKIP no network
        ok 2 - td # TODO
        not ok 3 - later # todo soon
        1..3
    ok 3 - deep
      ---
      type: 'suite'
      ...
    1..3
not ok 3 - suite
  ---
  type: 'suite'
  failureType: 'subtestsFailed'
  ...
ok 4 - parent \\\\ back
1..4
# tests 7`

test('reads results with their parents, directives and ordinals', () => {
  expect(parseTap(printed)).toEqual([
    { name: 'top # one', ok: true, skipped: false, todo: false },
    { name: 'top # one (2)', ok: true, skipped: false, todo: false },
    { name: 'suite > in', ok: true, skipped: false, todo: false },
    { name: 'suite > bad', ok: false, skipped: false, todo: false },
    { name: 'suite > deep > sk', ok: true, skipped: true, todo: false },
    { name: 'suite > deep > td', ok: true, skipped: false, todo: true },
    { name: 'suite > deep > later', ok: false, skipped: false, todo: true },
    { name: 'parent \\ back', ok: true, skipped: false, todo: false },
  ])
  expect(parseTap(printed.replaceAll('\n', '\r\n'))).toEqual(parseTap(printed))
})

const names = (text: string) => parseTap(text).map((result) => `${result.ok ? '' : 'not '}${result.name}`)

test('a parent that is a test counts, and so does a suite that failed by itself', () => {
  expect(names('    ok 1 - kid\nok 1 - parent')).toEqual(['parent > kid', 'parent'])
  const suite = "    ok 1 - kid\nnot ok 1 - hooks\n  ---\n  type: 'suite'\n  ..."
  expect(names(suite)).toEqual(['hooks > kid', 'not hooks'])
  expect(names(suite.replace('not ok', 'ok'))).toEqual(['hooks > kid'])
})

test('output that ends early keeps what was said', () => {
  expect(names('ok 1 - a\n  ---\n  error: |-\nok 2 - inside a block')).toEqual(['a'])
  expect(names('ok 1 - a\n    ok 1 - orphan')).toEqual(['a', 'orphan'])
})

test.each([
  ['nothing', ''],
  ['prose', 'okay 1\nok then\nnot okay\nok\nit is ok 1 - x'],
  ['odd indentation', '  ok 1 - x\n   ok 1 - y'],
  ['comments', '# ok 1 - x\n1..3\nBail out!'],
  ['deeper than sixteen', `${' '.repeat(4 * 17)}ok 1 - x`],
  ['a line over 4 KB', `ok 1 - ${'x'.repeat(5000)}`],
])('%s holds no test', (_name, text) => {
  expect(parseTap(text)).toEqual([])
})

test('names are untrusted text', () => {
  expect(names('ok 1 - a\x1b[2Jb\u202e')).toEqual(['ab⟨U+202E⟩'])
  expect(names('ok 1')).toEqual(['(unnamed)'])
  expect(names(`ok 1 - ${'x'.repeat(400)}`)[0]).toHaveLength(300)
})

test('at most five thousand tests, however long the output', () => {
  const lines = Array.from({ length: 6000 }, (_, at) => `ok ${at + 1} - t`)
  const tests = parseTap(lines.join('\n'))
  expect(tests).toHaveLength(5000)
  expect(tests.at(-1)?.name).toBe('t (5000)')
  expect(parseTap('  ---\n'.repeat(500_000))).toEqual([])
  expect(parseTap('x\n'.repeat(5_000_000).concat('ok 1 - beyond eight megabytes'))).toEqual([])
}, 30_000)
