/**
 * Makes every character of untrusted text visible and storable: what a terminal would obey is removed, what an eye
 * would miss is written out, and what PostgreSQL's jsonb refuses (NUL, lone surrogates) is replaced.
 */

const ESC = 0x1b
const BEL = 0x07
const C1_CSI = 0x9b
/** After ESC: `]` OSC, `P` DCS, `X` SOS, `^` PM, `_` APC; as single C1 characters below. Each runs up to a terminator. */
const STRING_STARTS = new Set([0x5d, 0x50, 0x58, 0x5e, 0x5f])
const C1_STRING_STARTS = new Set([0x9d, 0x90, 0x98, 0x9e, 0x9f])

/** Bidirectional controls, zero-width and filler characters, interlinear marks, selectors and tags, as closed ranges. */
const INVISIBLE: [number, number][] = [
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0x1d173, 0x1d17a],
  [0xe0000, 0xe0fff],
]

/** Terminal sequences stripped, controls and invisible characters as `⟨U+202E⟩`, NUL as `␀`, CRLF as LF. */
export function visible(text: string): string {
  let out = ''
  let kept = 0
  let end = -1
  const terminator = (from: number) => {
    if (end < from) end = terminatorAfter(text, from)
    return end
  }
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    const width = code > 0xffff ? 2 : 1
    const control = code === ESC || (code >= 0x90 && code <= 0x9f) ? sequenceEnd(text, at, terminator) : at
    const shown = control > at ? '' : characterOf(code, text.charCodeAt(at + 1))
    if (shown !== null) {
      out += text.slice(kept, at) + shown
      kept = Math.max(control, at + width)
    }
    at = Math.max(control, at + width)
  }
  return kept === 0 ? text : out + text.slice(kept)
}

/** The first `max` UTF-16 units; a character that would be halved is left out, since half of one cannot be stored. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text
  const last = text.charCodeAt(max - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? max - 1 : max)
}

/** What stands for a character: null for itself. */
function characterOf(code: number, next: number): string | null {
  if (code < 0x20) {
    if (code === 0x0a || code === 0x09) return null
    if (code === 0x0d && next === 0x0a) return ''
    return String.fromCharCode(0x2400 + code)
  }
  if (code < 0x7f) return null
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  for (const [from, to] of INVISIBLE) {
    if (code < from) return null
    if (code <= to) return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  }
  return null
}

/** Where a terminal sequence that starts at `at` ends; `at` itself when none starts there. */
function sequenceEnd(text: string, at: number, terminator: (from: number) => number): number {
  const code = text.charCodeAt(at)
  if (code === C1_CSI) return csiEnd(text, at + 1)
  if (C1_STRING_STARTS.has(code)) return stringEnd(at + 1, terminator)
  if (code !== ESC) return at
  const next = text.charCodeAt(at + 1)
  if (next === 0x5b) return csiEnd(text, at + 2)
  if (STRING_STARTS.has(next)) return stringEnd(at + 2, terminator)
  let end = at + 1
  while (inside(text.charCodeAt(end), 0x20, 0x2f)) end += 1
  return inside(text.charCodeAt(end), 0x30, 0x7e) ? end + 1 : end
}

function csiEnd(text: string, from: number): number {
  let end = from
  while (inside(text.charCodeAt(end), 0x20, 0x3f)) end += 1
  return inside(text.charCodeAt(end), 0x40, 0x7e) ? end + 1 : end
}

/** An unterminated string loses its introducer only: swallowing the rest would hide it. */
function stringEnd(from: number, terminator: (from: number) => number): number {
  const end = terminator(from)
  return end === Number.POSITIVE_INFINITY ? from : end
}

function terminatorAfter(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === BEL || code === 0x9c) return at + 1
    if (code === ESC && text.charCodeAt(at + 1) === 0x5c) return at + 2
  }
  return Number.POSITIVE_INFINITY
}

const inside = (code: number, from: number, to: number): boolean => code >= from && code <= to
