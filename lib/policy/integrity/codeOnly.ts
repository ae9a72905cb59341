/**
 * Source text with the insides of comments, strings and regular expressions blanked, line by line as long as before:
 * a rule about code must not fire on prose. One linear pass; it knows the C family's quotes and is only a reader's
 * approximation elsewhere.
 */
export function codeOnly(text: string): string {
  const out: string[] = []
  /** The last characters written: what stands before a slash tells a division from a regular expression. */
  let tail = ''
  let at = 0
  const write = (piece: string): void => {
    out.push(piece)
    tail = (tail + piece.slice(-TAIL)).slice(-TAIL)
    at += piece.length
  }
  /** Braces open inside each `${` of a template literal. */
  const templates: number[] = []
  while (at < text.length) {
    const end = endOfQuoted(text, at, tail, templates)
    const char = text[at] ?? ''
    const depth = templates.length - 1
    if (end > at) write(blanked(text.slice(at, end)))
    else if (char === '}' && templates[depth] === 0) {
      templates.pop()
      write(char)
      write(blanked(text.slice(at, endOfTemplate(text, at, templates))))
    } else {
      if (depth >= 0 && /[{}]/.test(char)) templates[depth] = (templates[depth] ?? 0) + (char === '{' ? 1 : -1)
      write(char)
    }
  }
  return out.join('')
}

const TAIL = 20

/** Quotes and line breaks stay, so that shapes and line numbers do. */
const blanked = (piece: string): string => piece.replace(/[^\n\r'"`$]/g, ' ')

/** Where the comment, string, template part or regular expression that starts here ends; `at` when none does. */
function endOfQuoted(text: string, at: number, tail: string, templates: number[]): number {
  const char = text[at] ?? ''
  const next = text[at + 1]
  if (char === '/' && next === '/') return lineEnd(text, at)
  if (char === '/' && next === '*') {
    const end = text.indexOf('*/', at + 2)
    return end === -1 ? text.length : end + 2
  }
  if (char === "'" || char === '"') return closing(text, at + 1, char)
  if (char === '`') return endOfTemplate(text, at + 1, templates)
  if (char === '/' && /(?:^|[=(,:[!&|?{};~+*%<>-]|\breturn|\bcase|=>)\s*$/.test(tail)) {
    const end = closing(text, at + 1, '/')
    return text[end - 1] === '/' ? end : at
  }
  return at
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** Behind the closing mark on the same line, or the line's end. */
function closing(text: string, from: number, mark: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === mark) return at + 1
    else if (text[at] === '\n') return at
  }
  return text.length
}

/** Up to the closing backtick, or behind the `${` whose code comes next. */
function endOfTemplate(text: string, from: number, templates: number[]): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '`') return at + 1
    else if (text[at] === '$' && text[at + 1] === '{') {
      templates.push(0)
      return at + 2
    }
  }
  return text.length
}
