import { isCount, placeholderAt, secretKind } from './secretKeys.ts'
import { isAlphanumeric, replaceSpans, type Span } from './spans.ts'

/**
 * `name=value`, `name: value` and `"name":"value"` in any text (log lines, headers, escaped JSON, connection
 * strings, encoded forms). One pass over the separators; each value is stepped over once.
 */

const SEPARATOR = /[=:]|%3[ad]/gi
/** `sid`, `pin`: the shortest names of secrets in text. */
const KEY_MIN = 3
/** Header lines whose value is the rest of the line. */
const WHOLE_LINE = new Set(['authorization', 'cookie'])
/** Kinds whose value is redacted after `name: ` even when it looks like a word. */
const ALWAYS = new Set(['authorization', 'cookie', 'password', 'private-key', 'api-key', 'cvv', 'ssn', 'pin'])
const LITERAL = /^(?:null|undefined|true|false|none|nil|\d{1,5}(?::\d{1,5})?)$/i

/** @param source the text is a line of a program: only quoted literals are values there, the rest is code. */
export function redactPairs(text: string, source = false): string {
  const spans: Span[] = []
  let done = 0
  for (const match of text.matchAll(SEPARATOR)) {
    const at = match.index
    const key = keyBefore(text, at, done)
    const kind = key === '' ? null : secretKind(key)
    if (kind === null) continue
    const line = WHOLE_LINE.has(kind) && match[0] === ':'
    const value = valueAfter(text, at + match[0].length, source, line)
    if (value === null || placeholderAt(text, value.from) > 0) continue
    const plain = value.quoted ? '' : text.slice(value.from, value.to)
    if (!value.quoted && (!isSecret(plain, kind, match[0]) || (isCount(key) && /^\d+$/.test(plain)))) continue
    spans.push({ from: value.from, to: value.to, by: `[${kind}]` })
    done = value.to
  }
  return replaceSpans(text, spans)
}

function keyBefore(text: string, at: number, floor: number): string {
  let end = at
  while (end > floor && isPadding(text.charCodeAt(end - 1))) end -= 1
  let start = end
  while (start > floor && isKeyCode(text.charCodeAt(start - 1))) start -= 1
  return end - start < KEY_MIN ? '' : text.slice(start, end)
}

interface Value {
  from: number
  to: number
  quoted: boolean
}

function valueAfter(text: string, after: number, quotedOnly: boolean, line: boolean): Value | null {
  let from = after
  while (text[from] === ' ' || text[from] === '\t') from += 1
  const blank = from
  while (text[from] === '\\') from += 1
  const quote = text[from]
  if (quote === '"' || quote === "'" || quote === '`') {
    const to = quotedEnd(text, from + 1, quote, from - blank)
    return to > from + 1 ? { from: from + 1, to, quoted: true } : null
  }
  if (quotedOnly || quote === undefined || '=>/\n\r&'.includes(quote)) return null
  const to = line ? lineEnd(text, from) : wordEnd(text, from)
  return to > from ? { from, to, quoted: false } : null
}

/**
 * Up to the quote that closes: in plain text one with an even number of backslashes before it, in JSON inside a string
 * (`{\\"password\\":\\"…`) one with no more of them than the opening quote had. At most to the end of the line.
 */
function quotedEnd(text: string, from: number, quote: string, escapes: number): number {
  let slashes = 0
  let at = from
  for (; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === quote && (escapes === 0 ? slashes % 2 === 0 : slashes <= escapes)) {
      return escapes === 0 ? at : at - slashes
    }
    slashes = text[at] === '\\' ? slashes + 1 : 0
  }
  return at
}

function lineEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && !'\n\r"\'`<>'.includes(text[at] ?? '')) at += 1
  return at
}

/** Ends at white space, a quote, `&` or `;`; a comma or bracket ends it only before white space or the end. */
function wordEnd(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const char = text[at] ?? ''
    if (' \t\n\r"\'`<>&;\\'.includes(char) || text.startsWith('%26', at)) return at
    if (',)}]'.includes(char) && ' \t\n\r,)}]"\''.includes(text[at + 1] ?? ' ')) return at
  }
  return at
}

function isSecret(value: string, kind: string, separator: string): boolean {
  if (LITERAL.test(value) && !(ALWAYS.has(kind) && /^\d{3,}$/.test(value))) return false
  if (separator !== ':' || ALWAYS.has(kind)) return true
  return value.length >= 20 || (value.length >= 6 && /\d/.test(value) && !value.includes('('))
}

/** `-`, `_`, `$`, and what `visible` makes of a character that was hidden inside a name (`⟨U+200B⟩`). */
const KEY_MARKS = new Set([...'-_$⟨+⟩'].map((char) => char.charCodeAt(0)))
const isKeyCode = (code: number): boolean => isAlphanumeric(code) || KEY_MARKS.has(code)
/** Space, tab, quotes, backslash and `]` between a name and its separator. */
const isPadding = (code: number): boolean =>
  code === 0x20 || code === 0x09 || code === 0x22 || code === 0x27 || code === 0x60 || code === 0x5c || code === 0x5d
