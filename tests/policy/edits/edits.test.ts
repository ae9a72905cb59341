import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { shortHash } from '../../../lib/policy/edits/edits.ts'
import { feedbackOf } from '../../../lib/policy/edits/problem.ts'
import { withoutSpace } from '../../../lib/policy/edits/whitespace.ts'
import { DESK, edit, judged, LAUNCH, MIXED, rulesOf, SHOWN, said, textOf } from './desk.ts'

const GET = 'practices.get(req.id)'

test('a text that stands there once is replaced, and the rest stays', () => {
  const answer = said(edit('src/launch.ts', GET, `${GET} ?? none`))
  expect(judged(answer)).toEqual({
    ok: true,
    edits: [{ path: 'src/launch.ts', text: LAUNCH.replace(GET, `${GET} ?? none`) }],
    explanation: '',
  })
})

test('one fence around the object is read away; an explanation is kept as what it is', () => {
  const answer = JSON.stringify({ edits: [edit('src/launch.ts', GET, 'x')], explanation: 'because @everyone' })
  expect(judged(`\`\`\`json\n${answer}\n\`\`\`\n`)).toMatchObject({ ok: true, explanation: 'because @everyone' })
})

test('two edits of one file are both made, in any order, beside each other', () => {
  const last = edit('src/launch.ts', 'return json(res, 200, {})', 'return json(res, 204)')
  const first = edit('src/launch.ts', 'const practice =', 'const found =')
  const next = edit('src/launch.ts', ` ${GET}`, ' practices.find(req.id)')
  const text = textOf(said(last, first, next))
  expect(text).toContain('const found = practices.find(req.id)')
  expect(text).toContain('return json(res, 204)')
})

test('a dollar sign is only a dollar sign', () => {
  expect(textOf(said(edit('src/launch.ts', GET, "'$&$1$`'")))).toContain("'$&$1$`'")
})

test('the whole hash is as good as its beginning', () => {
  const whole = createHash('sha256').update(LAUNCH).digest('hex')
  expect(rulesOf(said(edit('src/launch.ts', GET, 'x', whole)))).toEqual([])
  expect(rulesOf(said(edit('src/launch.ts', GET, 'x', shortHash(LAUNCH) + '0'.repeat(52))))).toEqual(['hash'])
})

test('line ends of the file win over those of the answer', () => {
  const unix = textOf(said(edit('src/windows.ts', 'a = 1\nexport const b = 2', 'a = 1\nexport const b = 5')))
  expect(unix).toBe('export const a = 1\r\nexport const b = 5\r\nexport const c = 3\r\n')
  const windows = textOf(said(edit('src/launch.ts', `${GET}\r\n`, `${GET}\r\n  log()\r\n`)))
  expect(windows).toBe(LAUNCH.replace(`${GET}\n`, `${GET}\n  log()\n`))
})

test('lines that were not named keep their line ends, also where they are mixed', () => {
  expect(textOf(said(edit('src/mixed.txt', 'two', '2\n2')))).toBe(MIXED.replace('two', '2\r\n2'))
  expect(textOf(said(edit('src/mixed.txt', 'three\n', '3\n')))).toBe('one\r\ntwo\r\n3\r\nfour\r\n')
})

test('the last line ends as it did', () => {
  expect(textOf(said(edit('src/open.txt', 'last', 'end\n')))).toBe('first\nend')
  expect(textOf(said(edit('src/launch.ts', '200, {})\n}\n', '204)\n}')))).toMatch(/204\)\n\}\n$/)
})

test('a new file comes where one may, and nowhere else', () => {
  const guard = { path: 'src/guard.ts', hash: 'new', search: '', replace: 'export const none = null\n' }
  expect(judged(said(guard))).toMatchObject({
    ok: true,
    edits: [{ path: 'src/guard.ts', text: 'export const none = null\n' }],
  })
  expect(rulesOf(said(guard), { ...DESK, mayCreate: new Set() })).toEqual(['new-file'])
})

test('a test may be edited where the diagnosis says that it is wrong', () => {
  const path = 'tests/launch.test.ts'
  const shown = new Map([...SHOWN, [path, 'expect(1).toBe(2)\n']])
  const answer = said(edit(path, 'toBe(2)', 'toBe(1)', shortHash('expect(1).toBe(2)\n')))
  expect(rulesOf(answer, { ...DESK, shown })).toEqual(['protected'])
  expect(rulesOf(answer, { ...DESK, shown, testDefect: true })).toEqual([])
})

test('indentation is code where the language says so; a line break after return is code in JavaScript', () => {
  expect(rulesOf(said(edit('job.py', '    b()', '        b()')))).toEqual([])
  const shown = new Map([['src/a.ts', 'function a() {\n  return\n  1\n}\n']])
  const o = { ...DESK, shown, tracked: new Set(shown.keys()) }
  const hash = shortHash('function a() {\n  return\n  1\n}\n')
  expect(rulesOf(said(edit('src/a.ts', 'return\n  1', 'return 1', hash)), o)).toEqual([])
})

test('invisible characters that stand there already may stay', () => {
  const text = "export const mark = '\u200b'\n"
  const o = { ...DESK, shown: new Map([['src/a.ts', text]]), tracked: new Set(['src/a.ts']) }
  expect(rulesOf(said(edit('src/a.ts', "mark = '\u200b'", "sign = '\u200b'", shortHash(text))), o)).toEqual([])
})

test('feedback says how often, what differs, and which hash is right', () => {
  const of = (answer: string) => {
    const said = judged(answer)
    return said.ok ? '' : feedbackOf(said.problems)
  }
  expect(of(said(edit('src/launch.ts', 'json(res, 200', 'x')))).toContain('2 times')
  expect(of(said(edit('src/launch.ts', 'practices\n  .get(req.id)', 'x')))).toContain('not in the file.')
  expect(of(said(edit('src/launch.ts', 'const  practice =', 'x')))).toContain('spaces, indentation')
  expect(of(said(edit('src/launch.ts', GET, 'x', '0123456789ab')))).toContain(shortHash(LAUNCH))
  expect(of(said(...Array.from({ length: 20 }, () => edit('src/launch.ts', '?', 'x'))))).toContain('12 more')
})

test.each([
  ['a space between two words of a page', 'src/F.tsx', '<p>{a}{b}</p>', '<p>{a} {b}</p>'],
  ['a space in a pattern', 'src/f.ts', 'f(/, /)', 'f(/,/)'],
  ['a space in a template', 'src/F.vue', '<p>{{ a }}{{ b }}</p>', '<p>{{ a }} {{ b }}</p>'],
  ['a space in a page', 'page.html', '<b>a</b><b>b</b>', '<b>a</b> <b>b</b>'],
  ['a space in a sentence', 'notes.md', 'a b', 'ab'],
  ['a comment for a tool', 'src/F.tsx', 'f(a)', '/** @jsx h */\nf(a)'],
  ['two words that were one', 'f.go', 'returnx', 'return x'],
])('%s is no white space alone', (_, path, before, after) => {
  expect(withoutSpace(path, after)).not.toBe(withoutSpace(path, before))
})

test.each([
  ['src/f.ts', 'f( a )', 'f(a)'],
  ['src/F.tsx', '<p>\n  a\n</p>', '<p>\n    a\n  </p>'],
  ['f.go', 'a  b', 'a\n\tb'],
])('in %s %j is %j', (path, before, after) => {
  expect(withoutSpace(path, after)).toBe(withoutSpace(path, before))
})

test('line ends of no editor are not seen', () => {
  const line = '// ok\u2028steal()'
  expect(rulesOf(said(edit('src/launch.ts', GET, line)))).toEqual(['hidden-text'])
  expect(rulesOf(said(edit('src/launch.ts', GET, "'👨‍👩‍👧'")))).toEqual([])
})
