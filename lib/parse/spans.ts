/** A stretch of text and what takes its place; spans of one list go left to right and never overlap. */
export interface Span {
  from: number
  to: number
  by: string
}

export function replaceSpans(text: string, spans: Span[]): string {
  if (spans.length === 0) return text
  let out = ''
  let at = 0
  for (const span of spans) {
    out += text.slice(at, span.from) + span.by
    at = span.to
  }
  return out + text.slice(at)
}

export const isAlphanumeric = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)

/** Letters, digits, `_` and `-`: what tokens and base64url are made of. */
export const isTokenCode = (code: number): boolean => isAlphanumeric(code) || code === 0x5f || code === 0x2d

/**
 * Ends of maximal runs of one class, each run measured once: asking from anywhere inside a run costs nothing more,
 * which keeps a scanner linear however often its prefix repeats.
 */
export function runs(text: string, inClass: (code: number) => boolean): (at: number) => number {
  let start = 0
  let end = 0
  return (at) => {
    if (at < start || at >= end) {
      start = at
      end = at
      while (end < text.length && inClass(text.charCodeAt(end))) end += 1
    }
    return end
  }
}
