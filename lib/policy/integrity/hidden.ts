import type { Line, NumberedChange } from '../lines.ts'
import { fresh, type Mark, type Remark } from './mark.ts'
import type { Rule } from './rules.ts'

/** Bidirectional controls, zero-width and tag characters, line ends of no editor: text that reads otherwise than it runs. */
const UNSEEN = /[\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\u00AD\u180E]|[\u{E0000}-\u{E007F}]/u
/** What joins pictures to one: a family, a flag. */
const JOINER = /(?<=\p{Extended_Pictographic}[\u{FE0F}\u{1F3FB}-\u{1F3FF}]?)\u200D(?=\p{Extended_Pictographic})/gu
export const CONTROL = /\p{Cc}/u
/** Letters of identifiers; any are fine in strings, comments and text that is shown. */
export const FOREIGN = /[^\P{L}A-Za-z]/u
/** Long enough for any honest key or hash (a SHA-512 in hex is 128), shorter than code worth hiding. */
const BASE64 = /[A-Za-z0-9+/_-]{200}|[0-9a-fA-F]{160}|(?:\\x[0-9a-fA-F]{2}){20}|(?:\\u[0-9a-fA-F]{4}){20}/
const LONG = 500

export const isUnseen = (text: string): boolean => UNSEEN.test(text.replace(JOINER, ''))

/**
 * What a reviewer would not see, or could not read. A line that was as long, or held as much data, may be edited.
 * @param code the new text without comments and strings, where identifiers are read from lines; else null.
 */
export function hiddenText({ came, went }: NumberedChange, code: string | null): Remark[] {
  const lines = code?.split('\n')
  const found: Remark[] = []
  for (const { number, text } of came) {
    const body = number === 1 ? text.replace(/^\uFEFF/, '') : text
    const say = (rule: Rule, why: string): number => found.push({ line: number, rule, why })
    if (isUnseen(body)) say('hidden-text', 'It holds characters that are not seen.')
    else if (CONTROL.test(body.replace(/\t/g, ''))) say('hidden-text', 'It holds control characters.')
    else if (lines && FOREIGN.test(lines[number - 1] ?? ''))
      say('hidden-text', 'It names things with letters outside a–z.')
  }
  return [...found, ...fresh(blobsOf(went), blobsOf(came))]
}

const blobsOf = (lines: Line[]): Mark[] =>
  lines.flatMap(({ number, text }): Mark[] => {
    const mark = (key: string, why: string): Mark[] => [{ rule: 'blob', line: number, key, why }]
    if (BASE64.test(text)) return mark('data', 'It holds a block of encoded data.')
    return text.length > LONG ? mark('long', `It holds a line of ${text.length} characters.`) : []
  })
