import type { Line } from '../lines.ts'
import type { Remark } from './mark.ts'
import type { Rule } from './rules.ts'

/** Bidirectional controls, zero-width and tag characters, other controls: text that reads otherwise than it runs. */
export const INVISIBLE =
  /[\u061C\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\u00AD\u180E]|[\u{E0000}-\u{E007F}]/u
export const CONTROL = /\p{Cc}/u
/** Letters of identifiers; ideographs and accents are fine in strings and comments, which are blanked. */
const FOREIGN = /[^\P{L}A-Za-z]/u
/** Long enough for any honest key or hash (a SHA-512 in hex is 128), shorter than code worth hiding. */
const BASE64 = /[A-Za-z0-9+/_-]{200}|[0-9a-fA-F]{160}|(?:\\x[0-9a-fA-F]{2}){20}|(?:\\u[0-9a-fA-F]{4}){20}/
const LONG = 500

/** What a reviewer would not see, or could not read. @param code the new text without comments and strings; null for data. */
export function hiddenText(came: Line[], code: string | null): Remark[] {
  const lines = code?.split('\n')
  const found: Remark[] = []
  for (const { number, text } of came) {
    const body = number === 1 ? text.replace(/^\uFEFF/, '') : text
    const say = (rule: Rule, why: string): number => found.push({ line: number, rule, why })
    if (INVISIBLE.test(body)) say('hidden-text', 'It holds characters that are not seen.')
    else if (CONTROL.test(body.replace(/\t/g, ''))) say('hidden-text', 'It holds control characters.')
    else if (lines && FOREIGN.test(lines[number - 1] ?? ''))
      say('hidden-text', 'It names things with letters outside a–z.')
    if (BASE64.test(body)) say('blob', 'It holds a block of encoded data.')
    else if (body.length > LONG) say('blob', `It holds a line of ${body.length} characters.`)
  }
  return found
}
