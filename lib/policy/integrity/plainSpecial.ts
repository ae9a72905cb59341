import type { NumberedChange } from '../lines.ts'
import { workedOut } from './answers.ts'
import { isSpecific, literalsIn, valuesOf } from './literals.ts'
import type { Remark } from './mark.ts'
import { RULES } from './rules.ts'
import type { Around } from './side.ts'

const COMPARES = /==|\.(?:equals|eq|contains|startsWith|starts_with|hasPrefix|HasPrefix)\w*\(|\bcase\b|=>|\bwhen\b/
/** What a line gives back: behind `return`, behind the arrow of a case, or alone at the end of a block. */
const GIVES = /\breturn\b|=>|->|^\s*(?:"[^"]*"|-?\d[\d_.]*)(?:\.\w+\(\))?\s*}?$/
/** What is not there may be answered in words of its own. */
const ABSENT = /[=!]= ?(?:null|nil|None)\b|\bis_?empty\(/i
const THROWS = /\b(?:throw|raise|panic!?|fmt\.Errorf|errors\.New|Err)\b/

/** Code written for the failing test: new lines that compare with its input, or give its answer as it stands. */
export function plainSpecial({ came }: NumberedChange, before: string, { facts }: Around): Remark[] {
  const { given, expected } = valuesOf(facts)
  return came.flatMap(({ number, text }): Remark[] => {
    if (THROWS.test(text) || ABSENT.test(text)) return []
    const values = literalsIn(text).filter((value) => isSpecific(value) && !before.includes(value))
    const compared = COMPARES.test(text) && values.some((value) => given.has(value) || expected.has(value))
    const told = GIVES.test(text) && values.some(workedOut(facts))
    return compared || told ? [{ line: number, rule: 'special-case', why: RULES['special-case'].why }] : []
  })
}
