import { cutText, visible } from '../../parse/visible.ts'

/** Slack's limits, in characters; of a line so much that a part of eighteen fits into a section. */
export const LONGEST = { header: 150, section: 3000, value: 2000, fallback: 3000, line: 160 }

/**
 * Text of anybody's as Slack's markup takes it: nothing in it is a link, a mention or a broadcast. What is cut off is cut
 * before it is escaped, so that no escape is cut in two.
 */
export function escaped(text: string, most: number): string {
  const shown = visible(text)
  let out = ''
  for (const char of shown) {
    const next = char === '&' ? '&amp;' : char === '<' ? '&lt;' : char === '>' ? '&gt;' : char
    if (out.length + next.length > most - 1) return `${out}…`
    out += next
  }
  return out || '–'
}

/** The same for texts that know no markup. */
export function cut(text: string, most: number): string {
  const shown = visible(text) || '–'
  if (shown.length <= most) return shown
  return `${cutText(shown, most - 1)}…`
}
