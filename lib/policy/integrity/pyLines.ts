/** One logical line of Python: brackets and backslashes joined. */
export interface PyLine {
  /** 1-based, where it begins. */
  number: number
  /** Columns of its indentation; a tab fills up to the next eighth, as Python counts. */
  indent: number
  /** Its code with the insides of strings left out and comments taken away, white space as one space. */
  code: string
  /** Values of its strings, without prefixes and quotes; escapes as written. */
  strings: string[]
  /** The class and the function it belongs to, `Bill.total`; a definition and its decorators belong to what they define. */
  scope: string
}

/** Where a string begins: up to two letters of prefix, then one or three quotes. */
const STRING = /^(?:[rbuf]{0,2})('''|"""|'|")/i

/** Reads a text line by line, once. Enough of Python's own tokenizer for rules about statements; never throws. */
export function pyLines(text: string): PyLine[] {
  const lines: PyLine[] = []
  let current: PyLine | null = null
  let depth = 0
  let number = 1
  let at = 0
  while (at < text.length) {
    if (!current) {
      const space = /^[ \t\f]*/.exec(text.slice(at, at + 500))![0]
      current = { number, indent: columns(space), code: '', strings: [], scope: '' }
      at += space.length
    }
    const char = text[at] ?? ''
    const opening = STRING.exec(text.slice(at, at + 5))
    // Letters that end a name are no prefix of the string behind it.
    if (opening && (opening[0] === opening[1] || !/\w/.test(text[at - 1] ?? ''))) {
      const end = endOf(text, at + opening[0].length, opening[1]!)
      const inside = text.slice(at + opening[0].length, end.inside)
      current.strings.push(inside)
      // One that is put together at run time is no constant.
      current.code += /f/i.test(opening[0]) && /(?<!\{)\{(?!\{)/.test(inside) ? "f''" : "''"
      number += inside.split('\n').length - 1
      at = end.outside
    } else if (char === '#') {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end
    } else if (char === '\\' && text[at + 1] === '\n') {
      number++
      current.code += ' '
      at += 2
    } else if (char === '\n') {
      number++
      at++
      if (depth > 0) current.code += ' '
      else current = pushed(lines, current)
    } else {
      if ('([{'.includes(char)) depth++
      if (')]}'.includes(char)) depth = Math.max(0, depth - 1)
      current.code += char
      at++
    }
  }
  if (current) pushed(lines, current)
  return scoped(lines)
}

function scoped(lines: PyLine[]): PyLine[] {
  const open: { name: string; indent: number }[] = []
  for (const line of lines) {
    while (open.length > 0 && open.at(-1)!.indent >= line.indent) open.pop()
    const name = /^(?:async )?(?:def|class) (\w+)/.exec(line.code)?.[1]
    if (name) open.push({ name, indent: line.indent })
    line.scope = open.map((one) => one.name).join('.')
  }
  for (let at = lines.length - 2; at >= 0; at--)
    if (lines[at]!.code.startsWith('@')) lines[at]!.scope = lines[at + 1]!.scope
  return lines
}

function pushed(lines: PyLine[], line: PyLine): null {
  const code = line.code.replace(/\s+/g, ' ').trim()
  if (code !== '') lines.push({ ...line, code })
  return null
}

function columns(space: string): number {
  let columns = 0
  for (const char of space) columns = char === '\t' ? columns + 8 - (columns % 8) : columns + 1
  return columns
}

function endOf(text: string, from: number, quote: string): { inside: number; outside: number } {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text.startsWith(quote, at)) return { inside: at, outside: at + quote.length }
    else if (text[at] === '\n' && quote.length === 1) return { inside: at, outside: at }
  }
  return { inside: text.length, outside: text.length }
}

/** The lines that belong to the statement at `index`: what is indented below it, and what stands behind its colon. */
export function blockOf(lines: PyLine[], index: number): PyLine[] {
  const head = lines[index]!
  let end = index + 1
  while (end < lines.length && lines[end]!.indent > head.indent) end++
  const inline = /^(?:if|elif|else|try|except|finally|for|while|with|case|def)\b.*?:\s+(?!.*:$)(.+)$/.exec(
    head.code,
  )?.[1]
  const own = inline && end === index + 1 ? [{ ...head, code: inline, strings: head.strings }] : []
  return [...own, ...lines.slice(index + 1, end)]
}
