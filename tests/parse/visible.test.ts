import { expect, test } from 'vitest'
import { cutText, visible } from '../../lib/parse/visible.ts'

test.each([
  ['colours', '\x1b[31mred\x1b[0m', 'red'],
  ['clear screen', 'a\x1b[2Jb', 'ab'],
  ['many parameters', `\x1b[${'1'.repeat(28)}!`, ''],
  ['an unfinished sequence', 'a\x1b[12', 'a'],
  ['a lone escape', 'a\x1b', 'a'],
  ['clipboard by OSC 52', 'a\x1b]52;c;c2VjcmV0\x07b', 'ab'],
  ['a link by OSC 8', '\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\', 'click'],
  ['DCS', 'a\x1bPq#0\x1b\\b', 'ab'],
  ['8-bit CSI and OSC', 'a\u009b2Jb\u009d0;title\u009cc', 'abc'],
  ['charset selection', 'a\x1b(Bb\x1bcc', 'abc'],
  ['an OSC that never ends keeps the text', 'a\x1b]0;title and more', 'a0;title and more'],
])('strips %s', (_name, raw, shown) => {
  expect(visible(raw)).toBe(shown)
})

test.each([
  ['NUL', 'a\u0000b', 'a␀b'],
  ['a lone high surrogate', 'a\ud83d', 'a\ufffd'],
  ['a lone low surrogate', '\ude00a', '\ufffda'],
  ['overprinting', 'ok\rFAILED', 'ok␍FAILED'],
  ['backspace and bell', 'a\b\x07', 'a␈␇'],
  ['delete', 'a\x7f', 'a⟨U+007F⟩'],
  ['next line', 'a\u0085b', 'a⟨U+0085⟩b'],
  ['bidi override', 'a\u202eb', 'a⟨U+202E⟩b'],
  ['bidi isolate', '\u2066x\u2069', '⟨U+2066⟩x⟨U+2069⟩'],
  ['zero width', 'pa\u200bss', 'pa⟨U+200B⟩ss'],
  ['byte order mark', '\ufeffx', '⟨U+FEFF⟩x'],
  ['tags', 'a\u{e0041}', 'a⟨U+E0041⟩'],
  ['supplementary selectors', 'a\u{e0100}', 'a⟨U+E0100⟩'],
  ['soft hyphen', 'a\u00adb', 'a⟨U+00AD⟩b'],
  ['line separator', 'a\u2028b', 'a⟨U+2028⟩b'],
])('shows %s', (_name, raw, shown) => {
  expect(visible(raw)).toBe(shown)
})

test('leaves plain text, new lines, tabs and pictures alone', () => {
  const text = 'Grüße\n\tan 東京 😀 ❤️\n⟨U+202E⟩ ␀'
  expect(visible(text)).toBe(text)
  expect(visible('a\r\nb')).toBe('a\nb')
  expect(visible('')).toBe('')
})

test.each(['\x1b]', '\x1b[1', '\x1bP', '\x1b', '\u009d', '\x1b(', 'a\r'])(
  'a megabyte of %j is worked through',
  (piece) => {
    expect(visible(piece.repeat(1_000_000 / piece.length)).length).toBeLessThan(1_000_001)
  },
)

test('twice is once', () => {
  for (const raw of ['\x1b\x1b[31m[0m', '\x1b]\x1b]x', 'a\r\r\n', '\u202e\u0000\ud800']) {
    expect(visible(visible(raw))).toBe(visible(raw))
  }
})

test('a cut never halves a character', () => {
  expect(cutText('ab😀', 3)).toBe('ab')
  expect(cutText('ab😀', 4)).toBe('ab😀')
  expect(cutText('abc', 2)).toBe('ab')
})
