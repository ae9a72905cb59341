import ts from 'typescript'
import type { Guard } from './guards.ts'
import type { Place } from './place.ts'
import { indentAt, type Source, type Style } from './source.ts'
import type { Swap } from './swap.ts'
import { siblings } from './syntax.ts'

/** The lines of a new guard, laid out as its model is: braces, line breaks and blank lines. */
export interface Layout {
  braces: boolean
  /** `if (!x) return …` on one line, or the answer on a line of its own. */
  inline: boolean
  head: string
  blankBefore: boolean
  blankAfter: boolean
}

const PLAIN: Layout = { braces: false, inline: true, head: 'if (', blankBefore: false, blankAfter: false }

export function layoutOf(source: Source, guard: Guard | null, statements: number): Layout {
  if (!guard) return statements > 1 ? { ...PLAIN, braces: true, inline: false } : PLAIN
  const { node } = guard
  const { thenStatement: then } = node
  const braces = ts.isBlock(then) || statements > 1
  const lines = (from: number, to: number): string => source.text.slice(from, to)
  const list = siblings(node)
  const index = list ? list.indexOf(node) : -1
  const previous = list?.[index - 1]
  const next = list?.[index + 1]
  return {
    braces,
    inline: !lines(node.expression.end, then.end).includes('\n') && !(braces && !ts.isBlock(then)),
    head: lines(node.getStart(), node.expression.getStart()),
    blankBefore: previous !== undefined && blank(lines(previous.end, node.getStart())),
    blankAfter: next !== undefined && blank(lines(node.end, next.getStart())),
  }
}

const blank = (between: string): boolean => /\n[ \t\r]*\n/.test(between)

export function guardLines(layout: Layout, condition: string, statements: string[], style: Style): string[] {
  const head = `${layout.head}${condition})`
  if (layout.braces && layout.inline) return [`${head} { ${statements.join(' ')} }`]
  if (layout.braces) return [`${head} {`, ...statements.flatMap((text) => deeper(text, style)), '}']
  const text = statements.join(' ')
  if (!layout.inline) return [head, ...deeper(text, style)]
  const [first = '', ...rest] = text.split(/\r?\n/)
  return [`${head} ${first}`, ...rest]
}

const deeper = (text: string, style: Style): string[] =>
  text.split(/\r?\n/).map((line) => (line === '' ? line : style.unit + line))

/** A statement's text with its own indentation taken off the following lines. */
export function flush(text: string, indent: string): string {
  return text
    .split(/\r?\n/)
    .map((line, at) => (at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n')
}

/** Where the lines go, as one swap. `tail` is the failing statement itself where it must be wrapped in a block. */
export function insertion(source: Source, place: Place, lines: string[], layout: Layout, tail: string): Swap {
  const { text, style } = source
  const { beside } = place
  const indent = indentAt(text, beside.getStart())
  const join = (parts: string[], by: string): string =>
    parts.map((line) => (line === '' ? '' : by + line)).join(style.eol)
  if (place.form !== 'listed') {
    const base = place.form === 'lone' ? indentAt(text, beside.parent.getStart()) : indentAt(text, place.fn.getStart())
    const body = join([...lines, ...tail.split(/\r?\n/)], base + style.unit)
    return { from: beside.getStart(), to: beside.end, text: `{${style.eol}${body}${style.eol}${base}}` }
  }
  if (place.side === 'before') {
    const from = beside.getStart()
    const after = layout.blankAfter ? style.eol : ''
    return { from, to: from, text: join(lines, indent).slice(indent.length) + style.eol + after + indent }
  }
  const rest = /^[ \t]*(?:\/\/[^\n\r]*|\/\*[^\n\r]*?\*\/)?[ \t]*(?=\r?\n|$)/.exec(text.slice(beside.end))
  const from = beside.end + (rest ? rest[0].length : 0)
  const before = style.eol + (layout.blankBefore ? style.eol : '')
  if (rest) {
    const parted = /^\r?\n[ \t]*(?:\r?\n|\})/.test(text.slice(from))
    return { from, to: from, text: before + join(lines, indent) + (layout.blankAfter && !parted ? style.eol : '') }
  }
  const spaces = /^[ \t]*/.exec(text.slice(from))?.[0].length ?? 0
  return { from, to: from + spaces, text: before + join(lines, indent) + style.eol + indent }
}
