const CONSTANT = String.raw`(?:(?:'' ?)+|-?\d[\w.]*|None|True|False|\.\.\.)`
const NAME = String.raw`(?:(?:'' ?)+|-?\d[\w.]*|\.\.\.|[A-Za-z_][\w.]*)`
/** Makes a value of one that is written out, and does nothing else. */
const MAKES =
  '(?:dict|list|set|tuple|str|int|float|bool|bytes|frozenset|(?:collections\\.)?(?:defaultdict|OrderedDict|Counter|deque)|(?:decimal\\.)?Decimal)'

const listOf = (atom: string): string => {
  const item = String.raw`\*{0,2}(?:[A-Za-z_]\w* ?= ?)?${atom}(?: ?: ?${atom})?`
  return `(?:${item}(?: ?, ?${item})* ?,? ?)?`
}
const groupsOf = (list: string): RegExp =>
  new RegExp(String.raw`(?:(?<![\w.])${MAKES}|(?<![\w.)\]]))\( ?${list}\)|\[ ?${list}\]|\{ ?${list}\}`, 'g')
const readerOf = (atom: string): ((code: string) => boolean) => {
  const [groups, whole] = [groupsOf(listOf(atom)), new RegExp(`^${listOf(atom)}$`)]
  return (code) => {
    let flat = code.trim()
    // Brackets become one value, inside out; deeper nesting than this is no simple value.
    for (let round = 0; round < 6; round++) flat = flat.replace(groups, "''")
    return flat !== '' && whole.test(flat)
  }
}

/** Whether an expression is written out: a literal, or a collection or a number made of such. */
export const pyConstant = readerOf(CONSTANT)
/** The same of names too: a value that was there, or stands for nothing in particular. */
export const pyMadeUp = readerOf(NAME)
