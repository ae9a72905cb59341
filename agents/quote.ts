import { createHash } from 'node:crypto'
import { redactLines } from '../lib/parse/redactText.ts'
import { cutText, visible } from '../lib/parse/visible.ts'

/** Characters of one quotation: some 600 lines of code. */
const MOST = 30_000

/** At most so much of a text, and how much of it is missing: what is cut without a word is taken for all there is. */
export function cut(text: string, most: number): string {
  const shown = cutText(text, most)
  return shown === text ? text : `${shown}… [${text.length - shown.length} more characters]`
}

/**
 * Untrusted text for a prompt: redacted, without what steers a terminal or hides from a reader, cut, and between marks
 * made from its own hash, which no text can hold of itself. The same text is quoted the same way, so that a run can be
 * replayed.
 */
export function quote(kind: string, text: string, most = MOST): string {
  const shown = cut(redactLines(visible(text).split('\n')).join('\n'), most)
  const mark = createHash('sha256').update(kind).update(shown).digest('hex').slice(0, 12)
  return `<${kind} mark="${mark}">\n${shown}\n</${kind} mark="${mark}">`
}
